/** A process or a thread that has done its work and may do more. */
export interface Warm {
  /** Orders that it has had, the one that it works on included. */
  uses: number;
  /** It no longer keeps this process alive. Called when it begins to rest. */
  rest(): void;
  /** It does so again. */
  wake(): void;
  /** Ends it, and resolves when it is gone; it may be gone already. */
  end(): Promise<void>;
}

export interface WarmPool<W extends Warm> {
  /** For one more order: one that rests under this key and is alive, awake again, else a new one. */
  take(key: string, start: () => W): W;
  /** Lets it rest for a while; what has served enough, holds too much, or would be one too many ends. `bytes`: what it holds. */
  keep(key: string, one: W, bytes: number): Promise<void>;
  /** It has died. */
  forget(one: W): void;
  endAll(): void;
}

export interface WarmLimits {
  readonly mostResting: number;
  readonly restMs: number;
  readonly mostUses: number;
  readonly mostBytes: number;
}

/** All of a worker's. What is checked comes in bursts: nothing rests for long. */
export const WARM_LIMITS = { mostResting: 4, restMs: 30_000, mostUses: 25 };

/** Keeps what was costly to start for the next who needs the same. */
export function createWarmPool<W extends Warm>(limits: WarmLimits): WarmPool<W> {
  const resting = new Map<W, { readonly key: string; readonly timer: NodeJS.Timeout }>();
  const forget = (one: W): void => {
    clearTimeout(resting.get(one)?.timer);
    resting.delete(one);
  };
  const end = (one: W): void => {
    forget(one);
    void one.end();
  };
  const wake = (key: string): W | undefined => {
    const found = [...resting].findLast(([, place]) => place.key === key)?.[0];
    if (found === undefined) return undefined;
    forget(found);
    found.wake();
    return found;
  };
  return {
    take(key, start) {
      const one = wake(key) ?? start();
      one.uses += 1;
      return one;
    },
    async keep(key, one, bytes) {
      const hasServed = one.uses >= limits.mostUses || bytes > limits.mostBytes;
      if (hasServed || resting.size >= limits.mostResting) return one.end();
      const timer = setTimeout(() => end(one), limits.restMs);
      timer.unref();
      resting.set(one, { key, timer });
      one.rest();
    },
    forget,
    endAll() {
      for (const one of resting.keys()) end(one);
    },
  };
}
