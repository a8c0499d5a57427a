import type { PathSegment } from './problem';

/**
 * What a schema allows, read from the schema itself: so that suggestions and documentation cannot fall behind it.
 * Only the kinds that the file's schema is made of are known.
 */
export interface SchemaKey {
  /** Without list positions: `rollbackCriteria.automatic.threshold`. */
  readonly parent: string;
  readonly key: string;
}

interface Described {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, unknown>>;
    readonly innerType?: unknown;
    readonly element?: unknown;
    readonly options?: readonly unknown[];
  };
}

/** Every key of every mapping in the schema. */
export function schemaKeys(schema: unknown, parent = ''): readonly SchemaKey[] {
  return mappingsOf(schema).flatMap((shape) =>
    Object.entries(shape).flatMap(([key, inner]) => [
      { parent, key },
      ...schemaKeys(inner, parent === '' ? key : `${parent}.${key}`),
    ]),
  );
}

/** The keys that may stand in the mapping at the path. */
export function keysAt(schema: unknown, path: readonly PathSegment[]): readonly string[] {
  const parent = path.filter((segment) => typeof segment === 'string').join('.');
  const keys = schemaKeys(schema).filter((known) => known.parent === parent);
  return [...new Set(keys.map(({ key }) => key))];
}

/** The mappings that a schema stands for: behind optionals, list elements and the branches of a union. */
function mappingsOf(schema: unknown): readonly Readonly<Record<string, unknown>>[] {
  const { def } = schema as Described;
  switch (def.type) {
    case 'object':
      return [def.shape ?? {}];
    case 'optional':
      return mappingsOf(def.innerType);
    case 'array':
      return mappingsOf(def.element);
    case 'union':
      return (def.options ?? []).flatMap((option) => mappingsOf(option));
    default:
      return [];
  }
}
