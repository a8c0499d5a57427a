import type { ActivityDependencies } from '../../../src/activities/dependencies';
import type { Fault } from './fault';

type Method = (...parameters: unknown[]) => Promise<unknown>;

/** The same dependencies; at the fault's effect `die` is called, which never returns. */
export function withFault(
  dependencies: ActivityDependencies,
  fault: Fault,
  die: () => Promise<never>,
): ActivityDependencies {
  const { port, method, moment, number } = fault;
  const faulty: Readonly<Record<string, unknown>> = { ...dependencies[port] };
  const act = faulty[method] as Method;
  const seen = new Set<string>();
  const dying: Method = async (...parameters) => {
    const isDue = isNewest(seen, parameters) && seen.size === number;
    if (isDue && moment === 'before') await die();
    const answer = await act.apply(dependencies[port], parameters);
    if (isDue) await die();
    return answer;
  };
  return { ...dependencies, [port]: { ...faulty, [method]: dying } };
}

function isNewest(seen: Set<string>, parameters: readonly unknown[]): boolean {
  const order = JSON.stringify(parameters.filter((one) => !(one instanceof AbortSignal)));
  const before = seen.size;
  seen.add(order);
  return seen.size > before;
}
