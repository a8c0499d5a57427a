import { isGroupThere, signalGroup } from './process-group';
import { setTimeout as sleep } from 'node:timers/promises';

export interface StopOrder {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface Stop {
  /** Settles only where the command has to stop. */
  readonly asked: Promise<{ readonly kind: 'timed-out' } | { readonly kind: 'cancelled' }>;
  /** When its group has gone, or was killed; never before {@link asked}. */
  readonly stopped: Promise<void>;
  /** Nobody will have to stop it any more. */
  letGo(): void;
}

/** Between TERM and KILL. */
const GRACE_MS = 2_000;
const LOOK_EVERY_MS = 20;
/** A longer timer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Stops a process group when its time is over or nobody wants it any more: TERM, and KILL 2 s later. */
export function stopAt(group: number, { timeoutMs, signal }: StopOrder): Stop {
  let letGo = (): void => undefined;
  const asked: Stop['asked'] = new Promise((resolve) => {
    const cancel = (): void => resolve({ kind: 'cancelled' });
    const timer = setTimeout(
      () => resolve({ kind: 'timed-out' }),
      Math.min(timeoutMs, LONGEST_TIMER_MS),
    );
    signal.addEventListener('abort', cancel, { once: true });
    letGo = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    };
    if (signal.aborted) cancel();
  });
  return { asked, stopped: asked.then(() => stop(group)), letGo: () => letGo() };
}

async function stop(group: number): Promise<void> {
  signalGroup(group, 'SIGTERM');
  const deadlineMs = performance.now() + GRACE_MS;
  while (isGroupThere(group) && performance.now() < deadlineMs) await sleep(LOOK_EVERY_MS);
  signalGroup(group, 'SIGKILL');
}
