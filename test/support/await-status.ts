import { setTimeout as sleep } from 'node:timers/promises';
import type { DeploymentClient, DeploymentRun } from '../../src/client';
import type { DeploymentStatus } from '../../src/domain/status';
import { eventually } from './until';

const WITHIN_MS = 90_000;

/** Reads the status until it is as wanted; fails with what it was instead. */
export async function awaitStatus(
  { client, run }: { readonly client: DeploymentClient; readonly run: DeploymentRun },
  isWanted: (status: DeploymentStatus) => boolean,
): Promise<DeploymentStatus> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const { status } = await client.status(run);
    if (isWanted(status)) return status;
    if (status.phase === 'ended' || Date.now() > deadline) {
      const { phase, step, outcome, cause, alerts } = status;
      throw new Error(`not reached: ${JSON.stringify({ phase, step, outcome, cause, alerts })}`);
    }
    await sleep(100);
  }
}

/** Waits until the run itself is over: its record in the ledger is closed after the status says that it has ended. */
export async function awaitClosed(client: DeploymentClient, run: DeploymentRun): Promise<void> {
  await eventually(
    async () => ((await client.rebuild(run)).from === 'open' ? null : 'closed'),
    WITHIN_MS,
  );
}

/**
 * How it ended, as the workflow tells it once its run is over: a worker that died or started a moment ago leaves the word to
 * Temporal, which knows less.
 */
export async function endedStatus(
  client: DeploymentClient,
  run: DeploymentRun,
): Promise<DeploymentStatus> {
  await awaitClosed(client, run);
  return eventually(async () => {
    const { source, status } = await client.status(run);
    return source === 'workflow' ? status : null;
  }, WITHIN_MS);
}

/** The candidate has part of the traffic and is being watched. */
export function isBaking({ phase, step, observed }: DeploymentStatus): boolean {
  return phase === 'rollout' && (step?.includes('bake') ?? false) && (observed?.candidate ?? 0) > 0;
}
