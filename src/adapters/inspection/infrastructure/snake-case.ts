import { Unresolved, type Properties } from './infrastructure-resource';

/** `PubliclyAccessible`, `readonlyRootFilesystem`: the names of Terraform, at every depth. Names that collide keep the first. */
export function snakeCaseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCaseKeys);
  if (value instanceof Unresolved || typeof value !== 'object' || value === null) return value;
  const renamed: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, held] of Object.entries(value))
    renamed[snakeCase(name)] ??= snakeCaseKeys(held);
  return renamed;
}

export function snakeCaseProperties(value: object): Properties {
  return snakeCaseKeys(value) as Properties;
}

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
