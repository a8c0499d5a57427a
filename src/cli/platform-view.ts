import type { StatusView } from '../client/index';
import { sparseStatus } from '../client/status-view';
import type { ServiceRef } from '../domain/deployment';
import type { ArmWeights } from '../domain/status';
import type { Weights } from '../domain/rollout/plan';
import type { CliContext } from './context';

const READ_MS = 5_000;

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
  const signal = AbortSignal.any([context.interrupted, AbortSignal.timeout(READ_MS)]);
  const traffic = await target.router.observe(ref, signal).catch(() => null);
  if (traffic === null) return null;
  const stable = (await records.read(ref)).stable?.revision.digest ?? null;
  const deployment = traffic.claim?.deploymentId ?? '';
  const opened = deployment === '' ? null : await ledger.find(deployment);
  const weighted = Object.keys({ ...traffic.commanded, ...traffic.observed });
  const candidate = weighted.find((revision) => revision !== stable) ?? null;
  const arms = (weights: Weights): ArmWeights => ({
    stable: stable === null ? 0 : (weights[stable] ?? 0),
    candidate: candidate === null ? 0 : (weights[candidate] ?? 0),
  });
  const isOver = traffic.claim === null || traffic.claim.released;
  const status = {
    ...sparseStatus(deployment, ref),
    phase: isOver ? ('ended' as const) : ('rollout' as const),
    stable,
    revision: candidate,
    weights: arms(traffic.commanded),
    observed: arms(traffic.observed),
    outcome: opened?.closing?.outcome ?? null,
    initiator: opened?.initiator ?? '',
    startedAtMs: opened?.openedAtMs ?? 0,
  };
  return {
    source: 'platform',
    status,
    workflowId: opened?.workflowId ?? null,
    runId: opened?.runId ?? null,
    because,
  };
}
