import { nearestWord } from '../format/nearest-word';

/** What is wrong with a document, and where: `windows[3].arms.canary.requests`. */
export interface Problem {
  readonly path: string;
  readonly rule: string;
}

/** Named members of one object in a document. */
export interface Members {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const MOST_PROBLEMS = 20;

/** Reads an unknown document, and keeps every problem of its structure instead of ending at the first. */
export class Structure {
  private readonly found: Problem[] = [];

  get problems(): readonly Problem[] {
    return this.found;
  }

  refuse(path: string, rule: string): null {
    if (this.found.length < MOST_PROBLEMS) this.found.push({ path, rule });
    return null;
  }

  /** An object with no other members than these; null where it is none. */
  members(value: unknown, path: string, known: readonly string[]): Members | null {
    const members = this.anyMembers(value, path);
    if (members === null) return null;
    for (const key of Object.keys(members.values)) {
      if (!known.includes(key)) this.refuse(`${path}.${shown(key)}`, unknownKey(key, known));
    }
    return members;
  }

  /** An object, whatever its members are called. */
  anyMembers(value: unknown, path: string): Members | null {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { path, values: value as Readonly<Record<string, unknown>> };
    }
    return this.refuse(path, value === undefined ? 'is missing' : 'is no object');
  }

  list(value: unknown, path: string): readonly unknown[] {
    if (Array.isArray(value)) return value as readonly unknown[];
    this.refuse(path, value === undefined ? 'is missing' : 'is no list');
    return [];
  }

  /** A finite number of at least this; null where it is none. */
  number({ values, path }: Members, key: string, least = -Infinity): number | null {
    const value = values[key];
    const place = `${path}.${key}`;
    if (value === undefined) return this.refuse(place, 'is missing');
    if (typeof value === 'string') return this.refuse(place, 'is a text, not a number');
    if (typeof value !== 'number' || !Number.isFinite(value))
      return this.refuse(place, 'is no finite number');
    return value < least ? this.refuse(place, `is below ${least}`) : value;
  }

  /** One of the words; `otherwise` where it is left out. */
  word<Word extends string>(
    { values, path }: Members,
    key: string,
    { words, otherwise }: { readonly words: readonly Word[]; readonly otherwise?: Word | null },
  ): Word | null {
    const value = values[key];
    if (value === undefined && otherwise !== undefined) return otherwise;
    const word = words.find((one) => one === value);
    if (word !== undefined) return word;
    const rule = value === undefined ? 'is missing: it is' : 'is';
    return this.refuse(`${path}.${key}`, `${rule} one of ${words.join(', ')}`);
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestWord(key, known);
  return near === null
    ? `is not known here; known are ${known.join(', ')}`
    : `is not known here (did you mean ${near}?)`;
}

/** A name of somebody else's in a message: bounded, and nothing that moves a cursor. */
export function shown(key: string): string {
  return key.replace(/[^\p{L}\p{N}_-]/gu, '?').slice(0, 60);
}
