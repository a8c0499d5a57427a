import { Unresolved, type Known, type Properties } from './infrastructure-resource';

/** The first of these names that is set; undefined where none is. */
export function pick(properties: Properties, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = properties[name];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** Nested blocks: Terraform writes a list of them, other languages one object or a list. */
export function blocks(value: unknown): readonly Properties[] {
  return asList(value).filter(isProperties);
}

/** The first block of that name, an empty one where there is none. */
export function block(properties: Properties, ...names: readonly string[]): Properties {
  return blocks(pick(properties, ...names))[0] ?? {};
}

/** A switch that is `otherwise` where it is not set. Words count: CloudFormation takes `"true"`. */
export function flag(value: unknown, otherwise: Known<boolean>): Known<boolean> {
  if (value === undefined || value === null) return otherwise;
  if (value instanceof Unresolved || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return otherwise;
  const word = value.toLowerCase();
  return word === 'true' || word === 'enabled' ? true : word === 'false' ? false : otherwise;
}

export function number(value: unknown, otherwise: Known<number>): Known<number> {
  if (value instanceof Unresolved || typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : otherwise;
}

export function text(value: unknown, otherwise: Known<string>): Known<string> {
  if (value instanceof Unresolved || typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : otherwise;
}

/** One value or a list of them, as a list. */
export function texts(value: unknown): readonly Known<string>[] {
  return asList(value).map((one) => text(one, ''));
}

export function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

export function isProperties(value: unknown): value is Properties {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unresolved)
  );
}
