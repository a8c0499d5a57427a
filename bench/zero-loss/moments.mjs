/**
 * Whether a deployment is where its way wants a person to take it back.
 *
 * @param {Exclude<import('./strategies.mjs').Way, 'forward'>} way
 * @param {Pick<import('../../src/domain/status').DeploymentStatus, 'phase' | 'steps'>} status
 */
export function isMoment(way, { phase, steps }) {
  const isDoing = (kind, inPhase) =>
    steps.some((step) => step.kind === kind && step.phase === inPhase && step.state === 'doing');
  switch (way) {
    case 'split':
    case 'batch':
      return isDoing('bake', 'rollout');
    case 'switched':
      return isDoing('bake', 'verify');
    case 'gap':
      return isQueueing(steps);
    case 'warm':
      return phase === 'warm';
  }
}

/** Requests wait from the end of one step to the end of the other. */
function isQueueing(steps) {
  const isDone = (kind) => steps.some((step) => step.kind === kind && step.state === 'done');
  return isDone('queueRequests') && !isDone('releaseRequests');
}
