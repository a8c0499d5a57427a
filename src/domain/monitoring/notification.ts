import type { Severity } from '../analysis/criterion';
import type { Digest } from '../revision';

export const NOTIFICATION_KINDS = [
  'blocked',
  'waiting',
  'alert',
  'resolved',
  'rolled-back',
  'live',
  'rollback-incomplete',
] as const;

export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** One thing that people are told. Holds no secret. */
export interface Notification {
  /** The same for the same event, however often it is sent: `{deployment}/{kind}/{number}`. */
  readonly id: string;
  readonly kind: NotificationKind;
  readonly severity: Severity;
  readonly deployment: string;
  readonly service: string;
  readonly environment: string;
  readonly revision: Digest | null;
  readonly atMs: number;
  /** What happened, and what it means for traffic right now. */
  readonly sentence: string;
  /** What to do next; null: nothing. */
  readonly next: string | null;
}

/** Where notifications go. Names secrets, never holds their values. */
export type NotificationChannel = ConsoleChannel | WebhookChannel | SlackChannel;

interface ChannelBase {
  readonly on: readonly NotificationKind[];
}

/** The worker's log. */
export interface ConsoleChannel extends ChannelBase {
  readonly kind: 'console';
}

/** CloudEvents 1.0 in structured JSON. */
export interface WebhookChannel extends ChannelBase {
  readonly kind: 'webhook';
  readonly url: string;
  /** The secret that signs each request; null: unsigned. */
  readonly signingSecret: string | null;
}

/** Slack's incoming-webhook format. The address itself is a secret. */
export interface SlackChannel extends ChannelBase {
  readonly kind: 'slack';
  readonly urlSecret: string;
}
