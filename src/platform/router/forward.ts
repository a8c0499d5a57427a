import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Digest } from '../../domain/revision';
import { ROUTE_HEADER, type RouterReason } from '../admin-api';
import { statusClassOf } from '../metrics/revision-counter';
import type { SecondBuckets } from '../metrics/second-buckets';
import { codeOf } from '../platform-error';
import { attempt, type AttemptOutcome, type Outgoing } from './attempt';
import { requestHeaders } from './forwarded-headers';
import { hasBody, type Target } from './incoming';
import { answerOurselves } from './own-answer';
import type { Traffic } from './traffic';
import type { Upstream } from './upstream';
import type { WaitingRoom } from './waiting-room';

const MOST_ATTEMPTS = 3;
const RESET_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);
const TIMEOUT_CODES = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
const CONNECT_CODES = new Set([
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'EADDRNOTAVAIL',
  'EHOSTUNREACH',
]);
const OUR_CODES = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
]);

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: Target;
  /** What followed an upgrade request; null for an ordinary one. */
  readonly upgrade: Outgoing['upgrade'];
}

export interface Route {
  readonly traffic: Traffic;
  readonly room: WaitingRoom;
  readonly metrics: SecondBuckets;
}

/**
 * Forwards one client request: lets it wait while requests do, picks an instance, tries at most three, and answers in
 * the router's own name where none gave an answer. Every attempt is counted on the instance's revision, unless the request chose its revision by
 * header; such a one never waits. Never rejects.
 */
export async function forward(exchange: Exchange, route: Route): Promise<void> {
  const { request, response } = exchange;
  const chosen = request.headers[ROUTE_HEADER];
  const revision = typeof chosen === 'string' ? chosen : null;
  const waited = revision === null ? await route.room.enter(request.socket) : null;
  if (waited === 'left') return void response.destroy();
  const isTurn = waited === null || waited === 'turn';
  const reason = isTurn ? await tryInstances(exchange, route, revision) : waited;
  if (reason === null) return;
  if (revision === null) route.metrics.ownAnswer(reason);
  answerOurselves(response, reason);
}

/** Answers null when the client has its answer (or is gone), else why it has none. */
async function tryInstances(
  exchange: Exchange,
  route: Route,
  revision: Digest | null,
): Promise<RouterReason | null> {
  const sending = outgoingOf(exchange);
  const tried = new Set<Upstream>();
  let failure: RouterReason | null = null;
  while (tried.size < MOST_ATTEMPTS) {
    const picked = pick(route.traffic, revision, tried);
    if (typeof picked === 'string') return failure ?? picked;
    tried.add(picked);
    const outcome = await attempt(picked, sending.outgoing);
    if (revision === null) count(route.metrics, picked, outcome);
    const failed = failureOf(outcome, sending);
    if (failed === null || !failed.mayRepeat) return failed?.reason ?? null;
    failure = failed.reason;
  }
  return failure;
}

function pick(
  traffic: Traffic,
  revision: Digest | null,
  tried: ReadonlySet<Upstream>,
): Upstream | RouterReason {
  return revision === null ? traffic.pick(tried) : traffic.pickOf(revision, tried);
}

interface Failure {
  readonly reason: RouterReason;
  readonly mayRepeat: boolean;
}

/** Null where the client has what there is to have. */
function failureOf(outcome: AttemptOutcome, sending: Sending): Failure | null {
  if (outcome.kind !== 'failed' || outcome.begun) return null;
  const { error, cancelled } = outcome;
  return { reason: reasonOf(error), mayRepeat: !cancelled && mayRepeat(error, sending) };
}

interface Sending {
  readonly outgoing: Outgoing;
  readonly bodyRead: () => boolean;
}

function outgoingOf({ request, response, target, upgrade }: Exchange): Sending {
  let bodyRead = false;
  async function* body(): AsyncGenerator<Buffer> {
    bodyRead = true;
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  }
  return {
    outgoing: {
      request,
      response,
      path: target.path,
      headers: requestHeaders(request, target.host),
      body: hasBody(request) ? body : null,
      upgrade: upgrade?.protocol === 'websocket' ? upgrade : null,
    },
    bodyRead: () => bodyRead,
  };
}

function mayRepeat(error: Error, { outgoing, bodyRead }: Sending): boolean {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return !bodyRead();
  const { method } = outgoing.request;
  return RESET_CODES.has(code) && outgoing.body === null && (method === 'GET' || method === 'HEAD');
}

function reasonOf(error: Error): RouterReason {
  const code = codeOf(error);
  if (CONNECT_CODES.has(code)) return 'connect-failed';
  if (TIMEOUT_CODES.has(code)) return 'upstream-timeout';
  if (OUR_CODES.has(code)) return 'bad-request';
  return 'upstream-reset';
}

/** Who leaves sooner says nothing of the instance. */
const PATIENT_MS = 1_000;

/** The answer would have taken at least so long; null: nobody can tell. */
function patience({ waitedMs }: Extract<AttemptOutcome, { kind: 'aborted' }>): number | null {
  return waitedMs !== null && waitedMs >= PATIENT_MS ? waitedMs : null;
}

function count(metrics: SecondBuckets, { revision }: Upstream, outcome: AttemptOutcome): void {
  switch (outcome.kind) {
    case 'answered':
      return metrics.attempt(revision, statusClassOf(outcome.status), outcome.latencyMs);
    case 'aborted':
      return metrics.attempt(revision, 'aborted', patience(outcome));
    case 'failed':
      // Malformed requests never reached the instance.
      if (!OUR_CODES.has(codeOf(outcome.error))) metrics.attempt(revision, 'failed', null);
      return;
  }
}
