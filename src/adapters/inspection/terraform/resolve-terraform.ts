import { Unresolved, type Properties } from '../infrastructure/infrastructure-resource';
import { blocks, isProperties } from '../infrastructure/values';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import { parseExpression } from './parse-terraform';

/** What names stand for in one folder: defaults of variables and locals. */
export interface TerraformScope {
  readonly variables: Properties;
  readonly locals: Properties;
  /** Values that may still be looked at: names that stand for names multiply. */
  readonly budget: { values: number };
}

const MOST_STEPS = 20;
const MOST_VALUES = 500_000;

/** Terraform reads all files of a folder as one. A variable counts with its default, which is what is written down. */
export function scopeOf(files: readonly Properties[]): TerraformScope {
  const variables: Record<string, unknown> = {};
  const locals: Record<string, unknown> = {};
  for (const file of files) {
    for (const [name, declared] of Object.entries(propertiesIn(file['variable'])))
      variables[name] = blocks(declared)[0]?.['default'];
    for (const declared of blocks(file['locals'])) Object.assign(locals, declared);
  }
  return { variables, locals, budget: { values: MOST_VALUES } };
}

/** Replaces what the scope knows; every other expression becomes {@link Unresolved}. Templates with text around stay. */
export async function resolveTerraform(
  value: unknown,
  scope: TerraformScope,
  steps = 0,
): Promise<unknown> {
  scope.budget.values -= 1;
  if (scope.budget.values < 0)
    throw new UnreadableFile(`its names stand for more than ${MOST_VALUES} values`);
  if (typeof value === 'string') return resolveText(value, scope, steps);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const one of value) list.push(await resolveTerraform(one, scope, steps));
    return list;
  }
  if (!isProperties(value)) return value;
  const resolved: Record<string, unknown> = {};
  for (const [name, held] of Object.entries(value))
    resolved[name] = await resolveTerraform(held, scope, steps);
  return withDynamicBlocks(resolved);
}

async function resolveText(value: string, scope: TerraformScope, steps: number): Promise<unknown> {
  const expression = wholeExpression(value);
  if (expression === null) return value;
  if (expression === 'null') return null;
  if (steps >= MOST_STEPS) return new Unresolved(expression);
  const encoded = /^jsonencode\(([\s\S]*)\)$/.exec(expression)?.[1];
  const known =
    encoded === undefined ? namedValue(expression, scope) : await parseExpression(encoded);
  return known === undefined || known === null
    ? new Unresolved(expression)
    : resolveTerraform(known, scope, steps + 1);
}

/** `${…}` and nothing around it. */
function wholeExpression(value: string): string | null {
  if (!value.startsWith('${') || !value.endsWith('}')) return null;
  return value.slice(2, -1).trim();
}

function namedValue(expression: string, { variables, locals }: TerraformScope): unknown {
  const [, kind, name = ''] = /^(var|local)\.([\w-]{1,200})$/.exec(expression) ?? [];
  if (kind === undefined) return undefined;
  const names = kind === 'var' ? variables : locals;
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** `dynamic "ingress" { content { … } }` is an `ingress` whose own names are not known. */
function withDynamicBlocks(resolved: Record<string, unknown>): Record<string, unknown> {
  for (const [name, declared] of Object.entries(propertiesIn(resolved['dynamic']))) {
    const contents = blocks(declared).flatMap((one) => blocks(one['content']));
    resolved[name] = [...blocks(resolved[name]), ...contents];
  }
  return resolved;
}

function propertiesIn(value: unknown): Properties {
  return isProperties(value) ? value : {};
}
