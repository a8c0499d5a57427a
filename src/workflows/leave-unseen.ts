import type { Deployment } from './deployment';

/** Too little was seen to judge, and the configuration wants no question: back. */
export function leaveUnseen(deployment: Deployment, sentence: string): never {
  return deployment.leave({
    outcome: 'rolled-back',
    cause: `Too little was seen to go on: ${sentence}`,
    by: null,
    hold: true,
    trigger: 'no-data',
  });
}
