/** A process or a thread that has done its work and may do more. */
export interface Warm {
  /** It no longer keeps this process alive. Called when it begins to rest. */
  rest(): void;
  /** It does so again. */
  wake(): void;
  /** Ends it; it may be gone already. */
  end(): void;
}

export interface WarmPool<W extends Warm> {
  /** One that rests under this key and is alive, awake again; null where there is none. */
  take(key: string): W | null;
  /** Lets it rest for a while; where too many rest already, it ends at once. */
  keep(key: string, one: W): void;
  /** It has died. */
  forget(one: W): void;
  endAll(): void;
}

export interface WarmLimits {
  readonly mostResting: number;
  readonly restMs: number;
}

/** All of a worker's. What is checked comes in bursts: nothing rests for long. */
export const WARM_LIMITS: WarmLimits = { mostResting: 4, restMs: 30_000 };

/** Keeps what was costly to start for the next who needs the same. */
export function createWarmPool<W extends Warm>({ mostResting, restMs }: WarmLimits): WarmPool<W> {
  const resting = new Map<W, { readonly key: string; readonly timer: NodeJS.Timeout }>();
  const forget = (one: W): void => {
    clearTimeout(resting.get(one)?.timer);
    resting.delete(one);
  };
  const end = (one: W): void => {
    forget(one);
    one.end();
  };
  return {
    take(key) {
      const found = [...resting].findLast(([, place]) => place.key === key)?.[0];
      if (found === undefined) return null;
      forget(found);
      found.wake();
      return found;
    },
    keep(key, one) {
      if (resting.size >= mostResting) {
        one.end();
        return;
      }
      const timer = setTimeout(() => end(one), restMs);
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
