import type { PathSegment } from './problem';

/**
 * What a schema allows, read from the schema itself: so that suggestions and documentation cannot fall behind it.
 * Only the kinds that the file's schema is made of are known.
 */
export interface SchemaKey {
  /** Without list positions, and `*` for a name of the author's: `metricSources.metrics.*`. */
  readonly parent: string;
  readonly key: string;
}

const ANY = '*';

interface Described {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, unknown>>;
    readonly innerType?: unknown;
    readonly element?: unknown;
    readonly options?: readonly unknown[];
    readonly valueType?: unknown;
  };
}

/** Every key of every mapping in the schema. */
export function schemaKeys(schema: unknown, parent = ''): readonly SchemaKey[] {
  return mappingsOf(schema).flatMap((shape) =>
    Object.entries(shape).flatMap(([key, inner]) => [
      ...(key === ANY ? [] : [{ parent, key }]),
      ...schemaKeys(inner, parent === '' ? key : `${parent}.${key}`),
    ]),
  );
}

/** The keys that may stand in the mapping at the path. */
export function keysAt(schema: unknown, path: readonly PathSegment[]): readonly string[] {
  const place = path.filter((segment) => typeof segment === 'string');
  const keys = schemaKeys(schema).filter(({ parent }) => stands(parent, place));
  return [...new Set(keys.map(({ key }) => key))];
}

function stands(parent: string, place: readonly string[]): boolean {
  const segments = parent === '' ? [] : parent.split('.');
  return (
    segments.length === place.length &&
    segments.every((segment, index) => segment === ANY || segment === place[index])
  );
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
    case 'record':
      return mappingsOf(def.valueType).length === 0 ? [] : [{ [ANY]: def.valueType }];
    case 'union':
      return (def.options ?? []).flatMap((option) => mappingsOf(option));
    default:
      return [];
  }
}
