import type { Deployment } from './deployment';
import { tell } from './tell';

/** Tells people what they must know: status, current details, and whoever is notified of alerts. */
export async function raiseAlert(deployment: Deployment, message: string): Promise<void> {
  deployment.progress.alert(message);
  await tell(deployment, {
    kind: 'alert',
    severity: 'high',
    sentence: message,
    next: `belay status ${deployment.request.deploymentId}`,
  });
}
