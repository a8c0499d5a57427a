import { Client } from 'undici';
import { REVISION_HEADER, ROUTE_HEADER, ROUTER_HEADER } from '../../../platform/admin-api';
import type { SmokeRequest, SmokeResult } from '../../../ports/traffic-router';
import { errorCode, isTimeout } from '../../error-code';
import { runWithin } from '../../signal-within';

export interface SmokeOrder extends SmokeRequest {
  readonly listener: { readonly host: string; readonly port: number };
}

/** One GET through the front door, on the header route: what it gets is the revision's own answer or none. */
export async function sendSmoke(order: SmokeOrder, signal: AbortSignal): Promise<SmokeResult> {
  const client = new Client(originOf(order.listener), { pipelining: 0 });
  try {
    return await runWithin(signal, order.timeoutMs, (limited) => ask(client, order, limited));
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, problem: problemOf(error, order.timeoutMs) };
  } finally {
    await client.destroy();
  }
}

async function ask(client: Client, order: SmokeOrder, signal: AbortSignal): Promise<SmokeResult> {
  const { statusCode, headers, body } = await client.request({
    method: 'GET',
    path: order.path,
    headers: { [ROUTE_HEADER]: order.revision },
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  await body.dump();
  return resultOf(order, statusCode, headers);
}

function originOf({ host, port }: SmokeOrder['listener']): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function resultOf({ revision }: SmokeOrder, status: number, headers: Headers): SmokeResult {
  const routerReason = headers[ROUTER_HEADER];
  if (routerReason !== undefined) return { status: null, problem: String(routerReason) };
  const answeredBy = headers[REVISION_HEADER];
  if (answeredBy === revision) return { status, problem: null };
  return { status: null, problem: `answered by ${String(answeredBy ?? 'something else')}` };
}

function problemOf(error: unknown, timeoutMs: number): string {
  if (isTimeout(error)) return `no answer within ${timeoutMs} ms`;
  return errorCode(error) ?? String(error);
}
