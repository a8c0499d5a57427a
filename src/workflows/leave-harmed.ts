import type { Verdict } from '../domain/analysis/verdict';
import type { Deployment } from './deployment';

/** A hard guard is breached: back, at once, without asking. */
export function leaveHarmed(deployment: Deployment, { sentence }: Verdict): never {
  return deployment.leave({ outcome: 'rolled-back', cause: sentence, by: null, hold: true });
}
