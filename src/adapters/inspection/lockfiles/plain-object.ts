/** A parsed JSON or TOML table. */
export type PlainObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): PlainObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as PlainObject)
    : null;
}

/** Own values only: a key named `__proto__` is a key like any other. */
export function ownValue(object: PlainObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
