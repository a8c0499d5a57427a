import type { Random } from './random';

interface Scheduled {
  readonly atMs: number;
  /** Same-time events happen in an order that the seed decides. */
  readonly tieBreak: number;
  readonly run: () => void | Promise<void>;
}

/** The clock of a simulation: it jumps from one event to the next. Epoch ms. */
export class VirtualTime {
  private readonly queue: Scheduled[] = [];

  constructor(
    private currentMs: number,
    private readonly random: Random,
  ) {}

  get nowMs(): number {
    return this.currentMs;
  }

  /** Answers what to call so that it never happens. */
  after(delayMs: number, run: () => void | Promise<void>): () => void {
    const scheduled = {
      atMs: this.currentMs + Math.max(0, delayMs),
      tieBreak: this.random.next(),
      run,
    };
    this.queue.splice(this.placeOf(scheduled), 0, scheduled);
    return () => {
      const index = this.queue.indexOf(scheduled);
      if (index !== -1) this.queue.splice(index, 1);
    };
  }

  /** Runs the next event and everything that follows from it at once; false when there is none. */
  async step(): Promise<boolean> {
    const next = this.queue.pop();
    if (next === undefined) return false;
    this.currentMs = next.atMs;
    await next.run();
    await settled();
    return true;
  }

  /** Latest first, so that the next one is taken from the end. */
  private placeOf({ atMs, tieBreak }: Scheduled): number {
    const isLater = (other: Scheduled): boolean =>
      other.atMs > atMs || (other.atMs === atMs && other.tieBreak > tieBreak);
    let index = this.queue.length;
    while (index > 0 && !isLater(this.queue[index - 1] as Scheduled)) index -= 1;
    return index;
  }
}

const realSetImmediate = globalThis.setImmediate;

/** Everything that waits for no clock has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    realSetImmediate(resolve);
  });
}
