import { awaitTurn } from '../../../../src/client/await-turn';
import { leaveLine } from '../../../../src/client/leave-line';
import { requestDeployment } from '../../../../src/client/start-deployment';
import type { TemporalRuns } from '../../../../src/client/temporal-runs';
import type { DeploymentRequest } from '../../../../src/domain/deployment';
import { BelayError, type ErrorCode } from '../../../../src/domain/errors';
import type { Newcomer } from './line-scenario';

/** What a client got to know. */
export type ClientEnd =
  | { readonly kind: 'started'; readonly deployment: string }
  /** It looked long enough; its deployment still waits. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly code: ErrorCode };

/** The product's own client, which may die on its way: then this never resolves. */
export async function runClient(
  newcomer: Newcomer,
  request: DeploymentRequest,
  runs: TemporalRuns,
): Promise<ClientEnd> {
  const { kind, lineWaitMs, diesAtCall } = newcomer;
  const mortal = diesAtCall === null ? runs : dyingAt(runs, diesAtCall);
  try {
    const conflict = kind === 'rollback' ? 'reject' : kind;
    const asked = await requestDeployment(mortal, request, { conflict, lineWaitMs });
    if (asked.kind === 'started')
      return { kind: 'started', deployment: asked.started.run.deployment };
    const turn = await awaitTurn(mortal, asked.waiting, {});
    if (turn.end === 'started') return { kind: 'started', deployment: turn.started.run.deployment };
    return { kind: 'waiting' };
  } catch (error) {
    if (!(error instanceof BelayError)) throw error;
    return { kind: 'refused', code: error.code };
  }
}

/** Somebody takes it out of the line; what waits nowhere is none of their business. */
export async function leave(newcomer: Newcomer, runs: TemporalRuns): Promise<void> {
  try {
    const { deploymentId } = newcomer;
    await leaveLine(runs, { deploymentId, actor: 'ann', reason: 'changed her mind' });
  } catch (error) {
    if (!(error instanceof BelayError)) throw error;
  }
}

/** Its process is gone before that call, or after it and before the answer. */
function dyingAt(runs: TemporalRuns, call: number): TemporalRuns {
  let calls = 0;
  const never = (): Promise<never> => new Promise(() => undefined);
  const mortal = Object.entries(runs).map(([name, method]): [string, unknown] => {
    const act = method as (...parameters: unknown[]) => Promise<unknown>;
    return [
      name,
      async (...parameters: unknown[]) => {
        calls += 1;
        if (calls > call) return never();
        const answer = await act(...parameters);
        return calls >= call ? never() : answer;
      },
    ];
  });
  return Object.fromEntries(mortal) as unknown as TemporalRuns;
}
