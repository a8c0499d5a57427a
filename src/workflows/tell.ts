import { CancellationScope, condition } from '@temporalio/workflow';
import type { Severity } from '../domain/analysis/criterion';
import type { NotificationKind } from '../domain/monitoring/notification';
import type { Deployment } from './deployment';

export interface Telling {
  readonly kind: NotificationKind;
  readonly severity: Severity;
  readonly sentence: string;
  readonly next: string | null;
}

/** Notifies people where the configuration wants it. Never the cause of a failed deployment, and not stopped by its end. */
export async function tell(deployment: Deployment, telling: Telling): Promise<void> {
  const { activities, ref, request } = deployment;
  const channels = request.monitoring.channels.filter(({ on }) => on.includes(telling.kind));
  if (channels.length === 0) return;
  const { deploymentId } = request;
  deployment.told += 1;
  const notification = {
    id: `${deploymentId}/${telling.kind}/${deployment.told}`,
    deployment: deploymentId,
    ...ref,
    revision: deployment.progress.snapshot().revision,
    atMs: Date.now(),
    ...telling,
  };
  deployment.beingTold += 1;
  try {
    await CancellationScope.nonCancellable(() =>
      activities.cleanups.notify({ notification, channels }),
    );
  } catch {
    // The status and the ledger have it already.
  } finally {
    deployment.beingTold -= 1;
  }
}

const PATIENCE_MS = 60_000;

/** Before the end: what is still being handed over would be lost with the run. */
export async function toldEverything(deployment: Deployment): Promise<void> {
  if (deployment.beingTold > 0) await condition(() => deployment.beingTold === 0, PATIENCE_MS);
}
