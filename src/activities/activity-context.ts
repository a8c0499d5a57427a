import { Context } from '@temporalio/activity';
import { toFailure } from './failures';

/** What every activity body gets: when to stop, and how to show that it is alive. */
export interface Running {
  readonly signal: AbortSignal;
  readonly heartbeat: (details?: unknown) => void;
}

/** Wraps an activity: cancellation as a signal, errors as failures with our codes. */
export function asActivity<I, O>(
  body: (input: I, running: Running) => Promise<O>,
): (input: I) => Promise<O> {
  return async (input) => {
    const context = Context.current();
    const running: Running = {
      signal: context.cancellationSignal,
      heartbeat: (details) => {
        context.heartbeat(details);
      },
    };
    try {
      return await body(input, running);
    } catch (error) {
      throw toFailure(error);
    }
  };
}

/** Waits, unless the activity is cancelled first. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', stop, { once: true });
    function done(): void {
      signal.removeEventListener('abort', stop);
      resolve();
    }
    function stop(): void {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
    }
  });
}

const BEAT_EVERY_MS = 2_000;

/**
 * Shows that a long call is alive, so that a dead worker is noticed and a cancellation arrives. Beats before the call, too:
 * an attempt that the server has given up meanwhile hears of it at once.
 */
export async function beating<T>({ heartbeat }: Running, call: () => Promise<T>): Promise<T> {
  heartbeat();
  const timer = setInterval(() => {
    heartbeat();
  }, BEAT_EVERY_MS);
  try {
    return await call();
  } finally {
    clearInterval(timer);
  }
}
