import type { InfrastructureResource } from '../infrastructure/infrastructure-resource';
import { snakeCaseProperties } from '../infrastructure/snake-case';
import { isProperties } from '../infrastructure/values';
import { parseTemplate } from './parse-template';
import { resolveIntrinsics } from './resolve-intrinsics';
import { TERRAFORM_TYPES } from './resource-types';

/**
 * Resources, and parameters as `variable`, for what is written into them. A parameter counts with its default.
 * @throws UnreadableFile where it is no template
 */
export function templateResources(path: string, text: string): readonly InfrastructureResource[] {
  const { content, lineOf } = parseTemplate(text);
  const parameters = isProperties(content['Parameters']) ? content['Parameters'] : {};
  const found: InfrastructureResource[] = [];
  for (const section of ['Parameters', 'Resources'] as const) {
    const declared = content[section];
    if (!isProperties(declared)) continue;
    for (const [name, one] of Object.entries(declared)) {
      if (!isProperties(one)) continue;
      const parameter = section === 'Parameters';
      const written = parameter ? one : (one['Properties'] ?? {});
      const resolved = resolveIntrinsics(written, parameters);
      const properties = isProperties(resolved) ? snakeCaseProperties(resolved) : {};
      const type = parameter ? 'variable' : typeOf(one['Type']);
      const address = `${section}.${name}`;
      found.push({ path, line: lineOf(section, name), address, type, properties });
    }
  }
  return found;
}

function typeOf(type: unknown): string {
  return typeof type === 'string' ? (TERRAFORM_TYPES.get(type) ?? type) : '';
}
