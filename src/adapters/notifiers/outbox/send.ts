import type {
  Notification,
  SlackChannel,
  WebhookChannel,
} from '../../../domain/monitoring/notification';
import { runWithin } from '../../signal-within';
import { CLOUD_EVENT_TYPE, cloudEventOf } from './cloud-event';
import { signatureHeaders } from './signature';
import { slackMessageOf } from './slack-message';

export type RemoteChannel = WebhookChannel | SlackChannel;

/** What became of one attempt. `why` never names an address or a secret. */
export type Sent =
  | { readonly kind: 'delivered' }
  /** Not before `afterMs`, where the receiver said so. */
  | { readonly kind: 'again'; readonly why: string; readonly afterMs: number | null }
  /** It will not be taken, however often it is sent. */
  | { readonly kind: 'refused'; readonly why: string };

export interface SendOptions {
  readonly readSecret: (name: string) => Promise<string | null>;
  readonly clock: () => number;
  readonly timeoutMs: number;
}

/** One attempt, within its time; never throws. */
export async function send(
  notification: Notification,
  channel: RemoteChannel,
  options: SendOptions,
): Promise<Sent> {
  try {
    const letter = await write(notification, channel, options);
    if (typeof letter === 'string') return { kind: 'again', why: letter, afterMs: null };
    return await post(letter, options);
  } catch (error) {
    return { kind: 'again', why: whyNot(error), afterMs: null };
  }
}

interface Letter {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A sentence where something that it needs is missing. */
async function write(
  notification: Notification,
  channel: RemoteChannel,
  { clock, readSecret }: SendOptions,
): Promise<Letter | string> {
  if (channel.kind === 'slack') {
    const url = await readSecret(channel.urlSecret);
    if (url === null) return noValue(channel.urlSecret);
    const body = JSON.stringify(slackMessageOf(notification));
    return { url: url.trim(), body, headers: { 'content-type': 'application/json' } };
  }
  const { signingSecret, url } = channel;
  const body = JSON.stringify(cloudEventOf(notification));
  const headers = { 'content-type': CLOUD_EVENT_TYPE };
  if (signingSecret === null) return { url, body, headers };
  const secret = await readSecret(signingSecret);
  if (secret === null) return noValue(signingSecret);
  const signed = signatureHeaders({ id: notification.id, body, secret, atMs: clock() });
  return { url, body, headers: { ...headers, ...signed } };
}

function noValue(name: string): string {
  return `the secret ${name} has no value: it belongs into secrets/${name} of the home (mode 0600)`;
}

async function post({ body, headers, url }: Letter, { timeoutMs }: SendOptions): Promise<Sent> {
  const never = new AbortController().signal;
  return runWithin(never, timeoutMs, async (signal) => {
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
    // What a receiver answers is nobody's business, and may never end.
    await answer.body?.cancel();
    return judge(answer);
  });
}

const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);

function judge({ headers, ok, status }: Response): Sent {
  if (ok) return { kind: 'delivered' };
  const why = `the receiver answered ${status}`;
  if (status >= 500 || TRY_AGAIN.has(status))
    return { kind: 'again', why, afterMs: retryAfterMs(headers.get('retry-after')) };
  return { kind: 'refused', why };
}

const LONGEST_WAIT_S = 3_600;

/** Seconds only: a date would depend on two clocks. */
function retryAfterMs(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds, LONGEST_WAIT_S) * 1_000 : null;
}

/** Messages of the network layer may quote the address: only its code is told. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return 'it could not be sent';
  if (error.name === 'TimeoutError') return 'the receiver did not answer in time';
  const code = codeOf(error) ?? codeOf(error.cause);
  return code === null ? 'it could not be sent' : `it could not be sent (${code})`;
}

function codeOf(error: unknown): string | null {
  const code: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null;
  return typeof code === 'string' && /^[A-Z_0-9]{2,40}$/.test(code) ? code : null;
}
