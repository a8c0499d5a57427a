import type { InfrastructureResource } from '../../../inspection/infrastructure/infrastructure-resource';
import { asList, flag, isProperties } from '../../../inspection/infrastructure/values';
import { isSecretName, isWrittenValue } from '../../../inspection/infrastructure/secret-name';
import type { Thing } from '../model/thing';
import { placeOf } from './reader';

const DEEPEST = 6;

/** Secrets written into any resource, and variables that hold one without hiding it. Names only, never values. */
export function writtenSecrets(resource: InfrastructureResource): readonly Thing[] {
  if (resource.type === 'variable') return variable(resource);
  const found = secretProperties(resource.properties, 0);
  return [...new Set(found)].map((property) => ({
    ...placeOf(resource),
    kind: 'written-secret',
    property,
  }));
}

function variable(resource: InfrastructureResource): readonly Thing[] {
  const { properties } = resource;
  const name = resource.address.replace(/^(?:var|Parameters)\./, '');
  if (!isSecretName(spaced(name))) return [];
  const hidden = flag(properties['sensitive'] ?? properties['no_echo'], false);
  const place = placeOf(resource);
  const written = isWrittenValue(properties['default']);
  return [
    { ...place, kind: 'secret-variable', hidden },
    ...(written ? [{ ...place, kind: 'written-secret' as const, property: 'default' }] : []),
  ];
}

/** `DatabasePassword` as `Database_Password`. */
function spaced(name: string): string {
  return name.slice(0, 200).replace(/([a-z0-9])([A-Z])/g, '$1_$2');
}

/** Environment variables of containers are looked at where containers are. */
function secretProperties(properties: object, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  return Object.entries(properties).flatMap(([name, value]) => {
    if (typeof value === 'string')
      return isSecretName(name) && isWrittenValue(value) ? [shown(name)] : [];
    return asList(value)
      .filter(isProperties)
      .flatMap((one) => secretProperties(one, depth + 1));
  });
}

function shown(name: string): string {
  return name.replace(/[^\w.-]/g, '').slice(0, 100);
}
