import type {
  ConsoleChannel,
  Notification,
  NotificationChannel,
} from '../../domain/monitoring/notification';
import { BelayError } from '../../domain/errors';
import { homeLayout } from '../../domain/home-layout';
import type { Notifier } from '../../ports/notifier';
import { readSecret } from '../read-secret';
import { Delivery, type DeliveryOptions } from './outbox/delivery';
import { LetterBox } from './outbox/letter-box';

export interface OutboxOptions {
  /** `BELAY_HOME`; its folder `notifications` is the outbox. */
  readonly home: string;
  readonly log: DeliveryOptions['log'];
  readonly clock?: () => number;
  /** Of one attempt. */
  readonly timeoutMs?: number;
}

export interface Outbox extends Notifier {
  /** Stops delivering in this process; what waits is delivered by the next. */
  readonly stop: () => void;
  /** Delivers what is due now; resolves when each had its attempt. */
  readonly deliver: () => Promise<void>;
}

const TIMEOUT_MS = 10_000;

/**
 * Takes notifications durably and delivers them by itself: with back-off for up to a day, over restarts of the worker. No
 * deployment ever waits for a receiver. The console is told first: it needs no space on the disk.
 */
export function createOutbox({
  home,
  log,
  clock = Date.now,
  timeoutMs = TIMEOUT_MS,
}: OutboxOptions): Outbox {
  const box = new LetterBox(homeLayout(home).notifications, log);
  /** Those that are handed over again, for a channel could not be kept: the console knows them. */
  const told = new Set<string>();
  const delivery = new Delivery({
    box,
    log,
    clock,
    timeoutMs,
    random: Math.random,
    readSecret: (name) => readSecret(home, name),
  });
  return {
    async notify(notification, channels) {
      const { id } = notification;
      if (channels.some(isConsole) && !told.has(id))
        log(levelOf(notification), lineOf(notification));
      const acceptedAtMs = clock();
      const fresh = { acceptedAtMs, attempts: 0, nextAtMs: acceptedAtMs, why: null };
      const kept = await Promise.allSettled(
        channels.filter(isRemote).map((channel) => box.accept({ ...fresh, notification, channel })),
      );
      void delivery.look();
      const lost = kept.find((one) => one.status === 'rejected');
      if (lost === undefined) {
        told.delete(id);
        return;
      }
      told.add(id);
      throw notKept(notification, lost.reason);
    },
    stop: () => delivery.stop(),
    deliver: () => delivery.look(),
  };
}

function notKept({ deployment }: Notification, cause: unknown): BelayError {
  return new BelayError(
    'NOTIFIER_UNAVAILABLE',
    `The notification of ${deployment} could not be kept; the deployment goes on without it.`,
    { next: 'Look at the free space and the permissions of the folder notifications.', cause },
  );
}

function isConsole(channel: NotificationChannel): channel is ConsoleChannel {
  return channel.kind === 'console';
}

function isRemote(
  channel: NotificationChannel,
): channel is Exclude<NotificationChannel, ConsoleChannel> {
  return channel.kind !== 'console';
}

function levelOf({ kind }: Notification): 'info' | 'warn' | 'error' {
  switch (kind) {
    case 'live':
    case 'resolved':
      return 'info';
    case 'waiting':
    case 'blocked':
      return 'warn';
    case 'alert':
    case 'rolled-back':
    case 'rollback-incomplete':
      return 'error';
  }
}

function lineOf({ deployment, kind, next, sentence }: Notification): string {
  return `${deployment}: ${kind}: ${sentence}${next === null ? '' : ` next: ${next}`}`;
}
