import type { Pool } from 'undici';
import type { Digest } from '../../../domain/revision';
import {
  REVISION_HEADER,
  ROUTE_HEADER,
  ROUTER_HEADER,
  type RouterReason,
} from '../../../platform/admin-api';
import { isTimeout } from '../../error-code';
import { runWithin } from '../../signal-within';
import type { ProbeOutcome } from './probe-counts';

export interface ProbeOrder {
  /** To the service's listener. */
  readonly pool: Pool;
  readonly revision: Digest;
  readonly path: string;
  readonly timeoutMs: number;
}

/** One GET through the router to one revision, which the router counts for nobody. Rejects only when aborted. */
export async function sendProbe(order: ProbeOrder, signal: AbortSignal): Promise<ProbeOutcome> {
  try {
    return await runWithin(signal, order.timeoutMs, (limited) => ask(order, limited));
  } catch (error) {
    signal.throwIfAborted();
    // It had a connection to the router or waited for one, and the revision let it wait.
    return isTimeout(error) ? { kind: 'failed' } : { kind: 'unseen' };
  }
}

async function ask(
  { pool, revision, path }: ProbeOrder,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const startedAt = performance.now();
  const { statusCode, headers, body } = await pool.request({
    method: 'GET',
    path,
    headers: { [ROUTE_HEADER]: revision, 'user-agent': 'belay-probe' },
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const latencyMs = performance.now() - startedAt;
  const reason = headers[ROUTER_HEADER];
  const answeredBy = headers[REVISION_HEADER];
  const isWhole = await readToEnd(body, signal);
  if (reason !== undefined) return isFault(reason) ? { kind: 'failed' } : { kind: 'unseen' };
  if (answeredBy !== revision) return { kind: 'unseen' };
  return isWhole ? { kind: 'answered', status: statusCode, latencyMs } : { kind: 'failed' };
}

/** An answer that breaks off is none. What is very long is not read to its end, and its connection is given up. */
async function readToEnd(
  body: Awaited<ReturnType<Pool['request']>>['body'],
  signal: AbortSignal,
): Promise<boolean> {
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return true;
    }
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

const MOST_BYTES = 1_000_000;

/** The reasons for which the revision is to blame. */
const FAULTS: ReadonlySet<string> = new Set<RouterReason>([
  'no-healthy-instance',
  'connect-failed',
  'upstream-reset',
  'upstream-timeout',
]);

function isFault(reason: string | string[]): boolean {
  return typeof reason === 'string' && FAULTS.has(reason);
}
