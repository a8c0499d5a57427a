const FIRST_MS = 100;
const LONGEST_MS = 30_000;
/** Healthy for this long, and the next crash starts from the shortest delay again. */
const STEADY_MS = 10_000;

/** The delays between restarts of one instance: 100 ms, doubled each time, at most 30 s. */
export class BackOff {
  private crashes = 0;

  /** The delay before the next start. `healthyForMs` is how long the ended process was healthy without a break. */
  nextDelayMs(healthyForMs: number): number {
    if (healthyForMs >= STEADY_MS) this.crashes = 0;
    const delay = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.crashes);
    this.crashes += 1;
    return delay;
  }
}
