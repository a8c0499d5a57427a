import { BelayError } from '../domain/errors';
import { isLive } from '../domain/phase';
import type { DeploymentStatus } from '../domain/status';
import { isAborted, pause } from './pause';
import type { StatusView } from './status-view';

export interface FollowOptions {
  readonly until: 'live' | 'ended';
  /** Default 24 h: what nobody bounds still ends. */
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
  /** Every status that was read, changed or not. */
  readonly onStatus?: (view: StatusView) => void;
  /** Temporal does not answer; it is tried again until the time is over. */
  readonly onTrouble?: (message: string) => void;
}

export interface FollowResult {
  /** `expired`: the time is over. `detached`: the signal came. The deployment goes on either way. */
  readonly end: 'reached' | 'expired' | 'detached';
  /** The last that was read; null where nothing could be read at all. */
  readonly view: StatusView | null;
}

const TIMEOUT_MS = 24 * 60 * 60_000;
const INTERVAL_MS = 500;

/** Reads again and again until the asked-for state is there. Never cancels anything. */
export async function follow(
  read: () => Promise<StatusView>,
  options: FollowOptions,
): Promise<FollowResult> {
  const endsAtMs = Date.now() + (options.timeoutMs ?? TIMEOUT_MS);
  let view: StatusView | null = null;
  for (;;) {
    const latest = await unlessAborted(tryRead(read, options), options.signal);
    view = latest ?? view;
    if (latest !== null && isReached(latest.status, options.until)) return { end: 'reached', view };
    if (isAborted(options.signal)) return { end: 'detached', view };
    if (Date.now() >= endsAtMs) return { end: 'expired', view };
    const pauseMs = Math.min(options.intervalMs ?? INTERVAL_MS, endsAtMs - Date.now());
    await pause(pauseMs, options.signal);
    if (isAborted(options.signal)) return { end: 'detached', view };
  }
}

export function isReached(status: DeploymentStatus, until: 'live' | 'ended'): boolean {
  if (status.phase === 'ended') return true;
  return until === 'live' && isLive(status.phase);
}

/** The reading, or null at the signal: a read that hangs must not keep a person who wants to leave. */
async function unlessAborted<T>(
  reading: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  if (signal === undefined) return reading;
  const settled = new AbortController();
  const left = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { signal: settled.signal });
  });
  try {
    return await Promise.race([reading, left]);
  } finally {
    settled.abort();
  }
}

async function tryRead(
  read: () => Promise<StatusView>,
  options: FollowOptions,
): Promise<StatusView | null> {
  try {
    const view = await read();
    options.onStatus?.(view);
    return view;
  } catch (error) {
    if (!(error instanceof BelayError) || error.code !== 'TEMPORAL_UNAVAILABLE') throw error;
    options.onTrouble?.(error.message);
    return null;
  }
}
