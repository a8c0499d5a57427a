import { BelayError } from '../domain/errors';
import {
  findInLine,
  type LinePosition,
  type WaitingDeployment,
  type Whereabouts,
} from './find-in-line';
import { errorOfEnd, lostInLine } from './line-errors';
import { isAborted, pause } from './pause';
import type { StartedDeployment } from './start-deployment';
import type { TemporalRuns } from './temporal-runs';

export interface TurnOptions {
  /** How long to look; the deployment waits on without it. Default: until its own deadline and a little. */
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
  /** Every position that was read, changed or not. */
  readonly onWaiting?: (position: LinePosition) => void;
  /** Temporal, or every worker, does not answer; it is tried again until the time is over. */
  readonly onTrouble?: (message: string) => void;
}

/** `expired`: the time to look is over. `detached`: the signal came. It stands in line either way. */
export type TurnResult =
  | { readonly end: 'started'; readonly started: StartedDeployment }
  | { readonly end: 'expired' | 'detached'; readonly waiting: WaitingDeployment };

const INTERVAL_MS = 500;
/** Who waits too long is taken out by the line; a moment later that is known. */
const GRACE_MS = 60_000;
const LOST_AFTER_MS = 30_000;

/**
 * Looks until the deployment is started.
 * @throws BelayError `SUPERSEDED`, `LEFT_LINE`, `LINE_EXPIRED`, `LINE_FULL`, `DEPLOYMENT_IN_PROGRESS`, `DEPLOYMENT_NOT_FOUND`
 */
export async function awaitTurn(
  runs: TemporalRuns,
  joined: WaitingDeployment,
  options: TurnOptions,
): Promise<TurnResult> {
  const nowMs = Date.now();
  const endsAtMs = nowMs + (options.timeoutMs ?? joined.deadlineMs - nowMs + GRACE_MS);
  let looking: Looking = { waiting: joined, knownAtMs: nowMs };
  for (;;) {
    const at = await tryFind(runs, looking.waiting, options);
    if (at.kind === 'started') {
      return { end: 'started', started: { run: at.run, attached: looking.waiting.attached } };
    }
    looking = lookOn(looking, at, options);
    const { waiting } = looking;
    if (Date.now() >= endsAtMs) return { end: 'expired', waiting };
    await pause(Math.min(options.intervalMs ?? INTERVAL_MS, endsAtMs - Date.now()), options.signal);
    if (isAborted(options.signal)) return { end: 'detached', waiting };
  }
}

interface Looking {
  readonly waiting: WaitingDeployment;
  /** When somebody knew it last. */
  readonly knownAtMs: number;
}

function lookOn(
  looking: Looking,
  at: Exclude<Whereabouts, { readonly kind: 'started' }>,
  { onWaiting }: TurnOptions,
): Looking {
  const { waiting, knownAtMs } = looking;
  switch (at.kind) {
    case 'waiting':
      onWaiting?.(at.position);
      return { waiting, knownAtMs: Date.now() };
    case 'ended':
      if (at.end.kind !== 'attached') throw errorOfEnd(waiting, at.end);
      return {
        waiting: { ...waiting, deployment: at.end.to, attached: true },
        knownAtMs: Date.now(),
      };
    case 'no-answer':
      return { waiting, knownAtMs: Date.now() };
    case 'unknown':
      if (Date.now() - knownAtMs > LOST_AFTER_MS) throw lostInLine(waiting);
      return looking;
  }
}

async function tryFind(
  runs: TemporalRuns,
  waiting: WaitingDeployment,
  { onTrouble }: TurnOptions,
): Promise<Whereabouts> {
  try {
    const at = await findInLine(runs, waiting);
    if (at.kind === 'no-answer') onTrouble?.('no worker answers who waits in line');
    return at;
  } catch (error) {
    if (!(error instanceof BelayError) || error.code !== 'TEMPORAL_UNAVAILABLE') throw error;
    onTrouble?.(error.message);
    return { kind: 'no-answer' };
  }
}
