import type { Deployment } from './deployment';

/** Tells people: log, status and current details, until the notifier comes. Never the cause of a failed deployment. */
export async function raiseAlert(deployment: Deployment, message: string): Promise<void> {
  deployment.progress.alert(message);
  try {
    await deployment.activities.cleanups.raiseAlert(
      `${deployment.request.deploymentId}: ${message}`,
    );
  } catch {
    // The status has it already.
  }
}
