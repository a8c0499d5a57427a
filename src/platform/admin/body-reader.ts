import { isDigest } from '../../domain/revision';
import { PlatformError } from '../platform-error';

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads fields of a JSON object; every method throws `BAD_REQUEST` that names the field. */
export class BodyReader {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    private readonly path: string,
  ) {}

  static of(value: unknown, path = ''): BodyReader {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw badField(path === '' ? 'The body' : path, 'an object');
    }
    return new BodyReader(value as Record<string, unknown>, path);
  }

  object(field: string): BodyReader {
    return BodyReader.of(this.fields[field], this.at(field));
  }

  integer(field: string, { least, most }: Bounds): number {
    const value = this.fields[field];
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
      return value;
    throw badField(this.at(field), `a whole number from ${least} to ${most}`);
  }

  text(field: string): string {
    const value = this.fields[field];
    if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value;
    throw badField(this.at(field), 'a text');
  }

  oneOf<T extends string>(field: string, choices: readonly T[]): T {
    const value = this.fields[field];
    const choice = choices.find((each) => each === value);
    if (choice !== undefined) return choice;
    throw badField(this.at(field), `one of ${choices.join(', ')}`);
  }

  optionalText(field: string): string | undefined {
    return this.fields[field] === undefined ? undefined : this.text(field);
  }

  texts(field: string): string[] {
    const value = this.fields[field];
    if (
      Array.isArray(value) &&
      value.every((each) => typeof each === 'string' && !each.includes('\0'))
    ) {
      return value as string[];
    }
    throw badField(this.at(field), 'a list of texts');
  }

  /** Environment variables: names as shells take them, values text. */
  variables(field: string): Record<string, string> {
    const entries = Object.entries(this.object(field).fields);
    for (const [name, value] of entries) {
      const isGood = VARIABLE.test(name) && typeof value === 'string' && !value.includes('\0');
      if (!isGood) throw badField(`${this.at(field)}.${name}`, 'a variable with a text');
    }
    return Object.fromEntries(entries) as Record<string, string>;
  }

  /** Whole percent by revision, in sum 100, or none. */
  weights(field: string): Record<string, number> {
    const entries = Object.entries(this.object(field).fields);
    const good = entries.every(([revision, weight]) => isDigest(revision) && isPercent(weight));
    const sum = entries.reduce((total, [, weight]) => total + Number(weight), 0);
    if (good && (entries.length === 0 || sum === 100))
      return Object.fromEntries(entries) as Record<string, number>;
    throw badField(this.at(field), 'whole percent by revision digest that sum to 100, or empty');
  }

  variableNames(field: string): string[] {
    const names = this.texts(field);
    if (names.every((name) => VARIABLE.test(name))) return names;
    throw badField(this.at(field), 'a list of variable names');
  }

  digest(field: string): string {
    return digestOf(this.text(field), this.at(field));
  }

  private at(field: string): string {
    return this.path === '' ? field : `${this.path}.${field}`;
  }
}

export function digestOf(text: string, what: string): string {
  if (isDigest(text)) return text;
  throw badField(what, 'sha256: and 64 hexadecimal digits');
}

/** A service or environment name: safe as one part of a path. */
export function nameOf(text: string, what: string): string {
  if (NAME.test(text) && !text.includes('..')) return text;
  throw badField(what, 'letters, digits, dots, dashes and underscores');
}

export function badField(what: string, wanted: string): PlatformError {
  return new PlatformError('BAD_REQUEST', `${what} must be ${wanted}; nothing was changed.`);
}

function isPercent(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100;
}
