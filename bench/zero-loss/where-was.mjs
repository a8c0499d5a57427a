/**
 * What a strategy's deployment was doing at a moment, for whoever looks for the reason of a failure.
 *
 * @param {readonly {label: string, way: string, status: Pick<import('../../src/domain/status').DeploymentStatus, 'steps' | 'phases' | 'startedAtMs' | 'endedAtMs'>}[]} rounds
 * @param {number} atMs epoch
 */
export function whereWas(rounds, atMs) {
  const spans = (things) =>
    things.filter(
      ({ startedAtMs, endedAtMs }) =>
        startedAtMs !== null && startedAtMs <= atMs && atMs <= (endedAtMs ?? Infinity),
    );
  const round = rounds.find(({ status }) => spans([status]).length > 0);
  if (round === undefined) return 'between two deployments';
  const { label, way, status } = round;
  const steps = spans(status.steps).map(({ id, startedAtMs }) => `${id} +${atMs - startedAtMs} ms`);
  const phases = spans(status.phases).map(
    ({ phase, startedAtMs }) => `${phase} +${atMs - startedAtMs} ms`,
  );
  return `${label} (${way}): ${[...phases, ...steps].join(', ')}`;
}
