import type { ComponentRef, FindingLocation } from '../../../domain/checks/finding';
import { plain } from '../style';

/** `src/main.ts:12 (aws_security_group.web)`; without a file the component, else the whole deployment. */
export function placeOf(
  location: (Omit<FindingLocation, 'resource'> & { readonly resource?: string | null }) | null,
  component: ComponentRef | null = null,
): string {
  if (location === null) return component === null ? 'the whole deployment' : nameOf(component);
  const { path, line, resource = null } = location;
  const file = line === null ? path : `${path}:${line}`;
  const detail = resource ?? (component === null ? null : nameOf(component));
  return plain(detail === null ? file : `${file} (${detail})`);
}

function nameOf({ name, version }: ComponentRef): string {
  return plain(`${name}@${version}`);
}
