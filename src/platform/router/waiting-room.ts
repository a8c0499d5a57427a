import type { Socket } from 'node:net';
import type { QueueAnswer } from '../admin-api';
import type { QueueState } from '../state/platform-state';

/** How a wait ended: with its turn, with the client gone, or with the reason why it is answered 503. */
export type WaitOutcome = 'turn' | 'left' | 'queue-expired' | 'queue-full';

export interface WaitingRoomOptions {
  /** The most that wait at the same time. */
  readonly seats: number;
  /** Whether a request would be answered now: whoever has waited for its whole time then goes on. */
  readonly canServe: () => boolean;
  /** Told of every wait that has ended, one way or the other. */
  readonly onWaited: (waitedMs: number) => void;
}

/** Nobody else ends a connection that asked for an upgrade, so its half-close counts as well. */
const LEAVING = ['end', 'close'] as const;
const NO_WAITS: QueueAnswer = { queued: 0, longestMs: 0, refused: 0 };

interface Waiting {
  readonly arrivedAt: number;
  readonly end: (outcome: WaitOutcome) => void;
}

/**
 * Where new requests of one service stand while it queues: in order of arrival, unread, each for at most the same time.
 * What is in flight already never comes here.
 */
export class WaitingRoom {
  private queue: QueueState | null = null;
  private gap = NO_WAITS;
  private isDismissed = false;
  private timer: NodeJS.Timeout | null = null;
  /** Oldest first. */
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly options: WaitingRoomOptions) {}

  /** Since when and for how long at most requests wait; null while none does. */
  get state(): QueueState | null {
    return this.queue;
  }

  get waitingNow(): number {
    return this.waiting.size;
  }

  /** From now on requests wait. Where they do already, only the bound changes, also for those that wait. */
  open(queue: QueueState): void {
    if (this.queue === null) this.gap = NO_WAITS;
    this.queue = { sinceMs: this.queue?.sinceMs ?? queue.sinceMs, mostWaitMs: queue.mostWaitMs };
    this.expire();
  }

  /** Lets all go on in order of arrival, before any that comes later. */
  release(): QueueAnswer {
    this.queue = null;
    this.endAll('turn');
    const { gap } = this;
    this.gap = NO_WAITS;
    return { ...gap, longestMs: Math.round(gap.longestMs) };
  }

  /** Nobody is left to release them: those that wait, and those that still come, are answered now. */
  dismiss(): void {
    this.isDismissed = true;
    this.endAll('queue-expired');
  }

  /** Null where the request need not wait. */
  enter(client: Socket): Promise<WaitOutcome> | null {
    if (this.queue === null) return null;
    if (this.isDismissed || this.waiting.size >= this.options.seats) {
      const outcome = this.isDismissed ? 'queue-expired' : 'queue-full';
      this.note(0, outcome);
      return Promise.resolve(outcome);
    }
    return this.wait(client);
  }

  private wait(client: Socket): Promise<WaitOutcome> {
    return new Promise((resolve) => {
      const arrivedAt = performance.now();
      const leave = (): void => waiting.end('left');
      const waiting: Waiting = {
        arrivedAt,
        end: (outcome) => {
          if (!this.waiting.delete(waiting)) return;
          for (const event of LEAVING) client.off(event, leave);
          this.note(performance.now() - arrivedAt, outcome);
          resolve(outcome);
        },
      };
      for (const event of LEAVING) client.on(event, leave);
      this.waiting.add(waiting);
      if (this.timer === null) this.expire();
    });
  }

  private note(waitedMs: number, outcome: WaitOutcome): void {
    const isRefused = outcome === 'queue-expired' || outcome === 'queue-full';
    this.gap = {
      queued: this.gap.queued + 1,
      longestMs: Math.max(this.gap.longestMs, waitedMs),
      refused: this.gap.refused + (isRefused ? 1 : 0),
    };
    this.options.onWaited(waitedMs);
  }

  /** Ends the waits whose time is over, and comes again when the next one's will be. */
  private expire(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { queue } = this;
    if (queue === null) return;
    const now = performance.now();
    for (const waiting of this.waiting) {
      const leftMs = waiting.arrivedAt + queue.mostWaitMs - now;
      if (leftMs > 0) {
        this.timer = setTimeout(() => this.expire(), Math.ceil(leftMs));
        this.timer.unref();
        return;
      }
      // An engine that died before it released them must not keep a service dark that could answer.
      waiting.end(this.options.canServe() ? 'turn' : 'queue-expired');
    }
  }

  private endAll(outcome: WaitOutcome): void {
    for (const waiting of this.waiting) waiting.end(outcome);
    this.expire();
  }
}
