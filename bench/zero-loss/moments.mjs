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
      return isDone(steps, 'releaseRequests') || isDoing('bake', 'verify');
    case 'gap':
      return isDone(steps, 'queueRequests') && !isDone(steps, 'releaseRequests');
    case 'warm':
      return phase === 'warm';
  }
}

function isDone(steps, kind) {
  return steps.some((step) => step.kind === kind && step.state === 'done');
}
