import type { InfrastructureResource, Properties } from '../infrastructure/infrastructure-resource';
import { isUnresolved } from '../infrastructure/infrastructure-resource';
import { snakeCaseProperties } from '../infrastructure/snake-case';
import { blocks, isProperties } from '../infrastructure/values';
import { addressOf, blockLines } from './block-lines';
import { resolveTerraform, type TerraformScope } from './resolve-terraform';

export interface TerraformFile {
  readonly path: string;
  readonly text: string;
  readonly parsed: Properties;
}

/** Resources and data sources; variables as `variable` and providers as `provider`, for what is written into them. */
export async function terraformResources(
  { path, text, parsed }: TerraformFile,
  scope: TerraformScope,
): Promise<readonly InfrastructureResource[]> {
  const lines = blockLines(text);
  const found: InfrastructureResource[] = [];
  for (const { kind, type, name, declared } of declarations(parsed)) {
    const resolved = await resolveTerraform(declared, scope);
    const address = addressOf(kind, type, name);
    const properties = isProperties(resolved) ? snakeCaseProperties(withJson(resolved)) : {};
    const resourceType = kind === 'data' ? `data.${type}` : kind === 'resource' ? type : kind;
    found.push({ path, line: lines.get(address) ?? null, address, type: resourceType, properties });
  }
  return found;
}

interface Declaration {
  readonly kind: 'resource' | 'data' | 'variable' | 'provider';
  readonly type: string;
  readonly name: string;
  readonly declared: Properties;
}

function declarations(parsed: Properties): readonly Declaration[] {
  const typed = (['resource', 'data'] as const).flatMap((kind) =>
    entries(parsed[kind]).flatMap(([type, named]) =>
      entries(named).flatMap(([name, list]) =>
        blocks(list).map((declared) => ({ kind, type, name, declared })),
      ),
    ),
  );
  const named = (['variable', 'provider'] as const).flatMap((kind) =>
    entries(parsed[kind]).flatMap(([type, list]) =>
      blocks(list).map((declared) => ({ kind, type, name: '', declared })),
    ),
  );
  return [...typed, ...named];
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return isProperties(value) ? Object.entries(value) : [];
}

/** Policies and container definitions are often JSON in a string. */
function withJson(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, jsonOr(value)]),
  );
}

function jsonOr(value: unknown): unknown {
  if (typeof value !== 'string' || isUnresolved(value) || !/^\s{0,20}[[{]/.test(value))
    return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
