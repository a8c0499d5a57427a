import { Unresolved, type Properties } from '../infrastructure/infrastructure-resource';
import { isProperties } from '../infrastructure/values';

/** Replaces references to parameters by their defaults; every other intrinsic function becomes {@link Unresolved}. */
export function resolveIntrinsics(value: unknown, parameters: Properties): unknown {
  if (Array.isArray(value)) return value.map((one) => resolveIntrinsics(one, parameters));
  if (!isProperties(value)) return value;
  const entries = Object.entries(value);
  const [name = '', given] = entries[0] ?? [];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::')))
    return intrinsic(name, given, parameters);
  return Object.fromEntries(
    entries.map(([key, held]) => [key, resolveIntrinsics(held, parameters)]),
  );
}

function intrinsic(name: string, given: unknown, parameters: Properties): unknown {
  if (name === 'Ref' && typeof given === 'string') return referred(given, parameters);
  if (name === 'Fn::Sub' && typeof given === 'string') return substituted(given);
  return new Unresolved(subjectOf(name, given));
}

function referred(name: string, parameters: Properties): unknown {
  if (name === 'AWS::NoValue') return undefined;
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const byDefault = isProperties(parameter) ? parameter['Default'] : undefined;
  if (byDefault === undefined) return new Unresolved(name);
  const list = isProperties(parameter) && String(parameter['Type']).includes('List');
  return list && typeof byDefault === 'string' ? byDefault.split(',') : byDefault;
}

/** Text around names stays as it is, like a template of Terraform. */
function substituted(template: string): unknown {
  return /^\$\{[^}]{0,500}\}$/.test(template) ? new Unresolved(template.slice(2, -1)) : template;
}

/** `!GetAtt Bucket.Arn` is about `Bucket`. */
function subjectOf(name: string, given: unknown): string {
  const subject = Array.isArray(given) ? (given as unknown[])[0] : given;
  return typeof subject === 'string' ? (subject.split('.')[0] ?? '') : name;
}
