import { Client, Connection } from '@temporalio/client';
import { BelayError } from '../domain/errors';
import { isAborted, pause } from './pause';

const NAMESPACE = 'default';

export interface ConnectOptions {
  /** `host:port` of Temporal's frontend. */
  readonly address: string;
  readonly namespace?: string;
  /** How long to try, with back-off; default 10 s. */
  readonly withinMs?: number;
  readonly signal?: AbortSignal;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;
const ATTEMPT_MS = 3_000;

/**
 * Connects to Temporal, trying again with growing pauses until the time is over.
 * @throws BelayError `TEMPORAL_UNAVAILABLE`
 */
export async function connectTemporal(options: ConnectOptions): Promise<Client> {
  const withinMs = options.withinMs ?? 10_000;
  const endsAtMs = Date.now() + withinMs;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const attempt = await connectOnce(options, Math.min(ATTEMPT_MS, endsAtMs - Date.now()));
    if (attempt.client !== null) return attempt.client;
    const over = Date.now() + pauseMs >= endsAtMs || isAborted(options.signal);
    if (over) throw unavailable(options.address, withinMs, attempt.cause);
    await pause(pauseMs, options.signal);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** The one sentence for a Temporal that does not answer. */
export function unavailable(address: string, withinMs: number, cause: unknown): BelayError {
  return new BelayError(
    'TEMPORAL_UNAVAILABLE',
    `Temporal does not answer at ${address} (tried for ${Math.round(withinMs / 1_000)} s). ` +
      'Traffic stays as it is; running deployments wait for it and then go on.',
    {
      next: 'Start it with `belay up`, or set TEMPORAL_ADDRESS to the one you use. `belay doctor` shows more.',
      cause,
    },
  );
}

type Attempt =
  | { readonly client: Client; readonly cause: null }
  | { readonly client: null; readonly cause: unknown };

async function connectOnce(options: ConnectOptions, timeoutMs: number): Promise<Attempt> {
  try {
    const connection = await Connection.connect({
      address: options.address,
      connectTimeout: Math.max(timeoutMs, 1),
    });
    const namespace = options.namespace ?? NAMESPACE;
    return { client: new Client({ connection, namespace }), cause: null };
  } catch (cause) {
    return { client: null, cause };
  }
}
