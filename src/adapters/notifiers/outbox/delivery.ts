import { send, type RemoteChannel, type SendOptions, type Sent } from './send';
import type { Notification } from '../../../domain/monitoring/notification';
import { nextAttemptAt } from './back-off';
import { isUrgent, queueOf, type LetterBox, type Parcel } from './letter-box';

export interface DeliveryOptions extends SendOptions {
  readonly box: LetterBox;
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** 0 to 1. */
  readonly random: () => number;
}

const LOOK_EVERY_MS = 1_000;
const MARKS_KEPT_MS = 7 * 24 * 60 * 60_000;

/**
 * Brings parcels to their channels, those of one channel in the order in which they came, channels side by side: one that
 * is slow or away holds up only its own. What is urgent does not wait behind what is put off.
 */
export class Delivery {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: DeliveryOptions) {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.timer.unref();
    void this.options.box.tidy(options.clock() - MARKS_KEPT_MS).catch(() => undefined);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Starts what is due; ends when all that it started has had its attempt. */
  async look(): Promise<void> {
    const { box, clock, log } = this.options;
    try {
      for (const parcel of dueOfEachQueue(await box.waiting(), clock())) this.begin(parcel);
      await Promise.all(this.underWay.values());
    } catch (error) {
      log('warn', `The outbox of notifications could not be read: ${String(error)}`);
    }
  }

  private begin(parcel: Parcel): void {
    const queue = queueOf(parcel);
    if (this.underWay.has(queue)) return;
    const delivering = this.deliverKnown(parcel).finally(() => this.underWay.delete(queue));
    this.underWay.set(queue, delivering);
  }

  /** Since it was listed another look may have delivered it, or put it off. */
  private async deliverKnown(listed: Parcel): Promise<void> {
    const { box, clock, log } = this.options;
    try {
      const parcel = await box.find(listed);
      if (parcel !== null && parcel.nextAtMs <= clock()) await this.deliver(parcel);
    } catch (error) {
      log('warn', `The outbox of notifications could not be written: ${String(error)}`);
    }
  }

  private async deliver(parcel: Parcel): Promise<void> {
    const sent = await this.attempt(parcel.notification, parcel.channel);
    switch (sent.kind) {
      case 'delivered':
        return this.options.box.delivered(parcel);
      case 'refused':
        return this.giveUp({ ...parcel, why: sent.why });
      case 'again':
        return this.postpone(parcel, sent);
    }
  }

  private attempt(notification: Notification, channel: RemoteChannel): Promise<Sent> {
    return send(notification, channel, this.options);
  }

  private async postpone(
    parcel: Parcel,
    { afterMs, why }: Extract<Sent, { kind: 'again' }>,
  ): Promise<void> {
    const { box, clock, random } = this.options;
    const attempts = parcel.attempts + 1;
    const now = { atMs: clock(), spread: random(), afterMs };
    const nextAtMs = nextAttemptAt({ ...parcel, attempts }, now);
    const tried = { ...parcel, attempts, why };
    if (nextAtMs === null) return this.giveUp(tried);
    if (attempts === 1) this.say('warn', tried, 'is tried again');
    await box.keep({ ...tried, nextAtMs });
  }

  private async giveUp(parcel: Parcel): Promise<void> {
    await this.options.box.giveUp(parcel);
    this.say('error', parcel, 'is given up');
  }

  private say(level: 'warn' | 'error', { channel, notification, why }: Parcel, what: string): void {
    const { id } = notification;
    this.options.log(level, `The notification ${id} by ${channel.kind} ${what}: ${why ?? ''}.`);
  }
}

/** Oldest first comes in; at most one of each queue goes out: its first, or what may overtake it. */
function dueOfEachQueue(parcels: readonly Parcel[], nowMs: number): readonly Parcel[] {
  const queues = new Set<string>();
  const due = new Map<string, Parcel>();
  for (const parcel of parcels) {
    const queue = queueOf(parcel);
    const mayGo = !queues.has(queue) || isUrgent(parcel);
    queues.add(queue);
    if (mayGo && parcel.nextAtMs <= nowMs && !due.has(queue)) due.set(queue, parcel);
  }
  return [...due.values()];
}
