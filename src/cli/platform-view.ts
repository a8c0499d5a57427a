import type { StatusView } from '../client/index';
import { sparseStatus } from '../domain/sparse-status';
import type { ServiceRef } from '../domain/deployment';
import type { Digest } from '../domain/revision';
import type { ArmWeights, DeploymentStatus } from '../domain/status';
import type { TrafficState } from '../domain/target-state';
import type { LedgerRecord } from '../domain/ledger-record';
import type { Ledger } from '../ports/ledger';
import type { Weights } from '../domain/rollout/plan';
import type { CliContext } from './context';

/**
 * What the platform does right now, with what the records on this host add: the last resort when Temporal is away.
 * Null where the platform does not answer either.
 */
export async function platformView(
  ref: ServiceRef,
  because: string,
  context: CliContext,
): Promise<StatusView | null> {
  const { target, records, ledger } = context.adapters();
  const traffic = await target.router.observe(ref, context.interrupted).catch(() => null);
  if (traffic === null) return null;
  const stable = (await records.read(ref)).stable?.revision.digest ?? null;
  const deployment = traffic.claim?.deploymentId ?? '';
  const record = await recordOf(deployment, ledger);
  const status = {
    ...sparseStatus(deployment, ref),
    ...trafficOf(traffic, stable),
    ...(record === null ? {} : openingOf(record)),
  };
  const { workflowId = null, runId = null } = record ?? {};
  return { source: 'platform', status, workflowId, runId, because };
}

async function recordOf(deployment: string, ledger: Ledger): Promise<LedgerRecord | null> {
  return deployment === '' ? null : ledger.find(deployment);
}

/** What gets traffic and is not the recorded stable revision is the candidate. */
function trafficOf(traffic: TrafficState, stable: Digest | null): Partial<DeploymentStatus> {
  const weighted = Object.keys({ ...traffic.commanded, ...traffic.observed });
  const candidate = weighted.find((revision) => revision !== stable) ?? null;
  const share = (weights: Weights, revision: Digest | null): number =>
    revision === null ? 0 : (weights[revision] ?? 0);
  const arms = (weights: Weights): ArmWeights => ({
    stable: share(weights, stable),
    candidate: share(weights, candidate),
  });
  return {
    phase: traffic.claim === null || traffic.claim.released ? 'ended' : 'rollout',
    stable,
    revision: candidate,
    weights: arms(traffic.commanded),
    observed: arms(traffic.observed),
  };
}

function openingOf(record: LedgerRecord): Partial<DeploymentStatus> {
  const { closing, initiator, openedAtMs } = record;
  return { outcome: closing?.outcome ?? null, initiator, startedAtMs: openedAtMs };
}
