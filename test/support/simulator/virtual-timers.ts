import type { VirtualTime } from './virtual-time';

type TimerFunctions = Pick<
  typeof globalThis,
  'setTimeout' | 'clearTimeout' | 'setInterval' | 'clearInterval'
>;

/** While the body runs, timers and the time of activities and clients are those of the virtual clock. */
export async function withVirtualTimers<T>(time: VirtualTime, body: () => Promise<T>): Promise<T> {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const { now } = Date;
  Object.assign(globalThis, virtualTimers(time));
  Date.now = () => time.nowMs;
  try {
    return await body();
  } finally {
    Date.now = now;
    Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
  }
}

function virtualTimers(time: VirtualTime): TimerFunctions {
  const pending = new Map<number, () => void>();
  let last = 0;
  const clear = (id: unknown): void => {
    pending.get(id as number)?.();
    pending.delete(id as number);
  };
  const start = (run: () => void, delayMs = 0): number => {
    const id = (last += 1);
    pending.set(
      id,
      time.after(delayMs, () => {
        pending.delete(id);
        run();
      }),
    );
    return id;
  };
  const repeat = (run: () => void, delayMs = 0): number => {
    const id = (last += 1);
    const tick = (): void => {
      pending.set(id, time.after(delayMs, tick));
      run();
    };
    pending.set(id, time.after(delayMs, tick));
    return id;
  };
  return {
    setTimeout: start,
    setInterval: repeat,
    clearTimeout: clear,
    clearInterval: clear,
  } as unknown as TimerFunctions;
}
