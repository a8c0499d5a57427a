import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { codeOf } from '../platform-error';
import { responseHeaders } from './forwarded-headers';
import { joinUpgraded } from './joined-sockets';
import type { Upstream } from './upstream';

/** What is sent, the same for every attempt of one request. */
export interface Outgoing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly headers: string[];
  /** Called once an attempt; null where the request has no body. */
  readonly body: (() => AsyncIterable<Buffer>) | null;
  /** What the client sent after its upgrade request; null where it asks for none. */
  readonly upgrade: { readonly protocol: string; readonly head: Buffer } | null;
}

export type AttemptOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly latencyMs: number }
  /** `waitedMs`: how long the client had waited for an answer to its whole request; null: it had not sent all of it. */
  | { readonly kind: 'aborted'; readonly waitedMs: number | null }
  | {
      readonly kind: 'failed';
      readonly error: Error;
      readonly begun: boolean;
      readonly cancelled: boolean;
    };

/** Sends the request to one instance and its answer to the client. Never rejects; settles when the answer ends. */
export function attempt(upstream: Upstream, outgoing: Outgoing): Promise<AttemptOutcome> {
  return new Promise((resolve) => {
    const running = new RunningAttempt(upstream, outgoing, resolve);
    running.start();
  });
}

type ResponseStart = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>;
type RequestUpgrade = Parameters<NonNullable<Dispatcher.DispatchHandler['onRequestUpgrade']>>;

class RunningAttempt implements Dispatcher.DispatchHandler {
  private readonly startedAt = performance.now();
  private controller: Dispatcher.DispatchController | null = null;
  private answer: { readonly status: number; readonly latencyMs: number } | null = null;
  private stopped: 'client' | 'router' | null = null;
  private settled = false;
  private release: () => void = () => undefined;

  constructor(
    private readonly upstream: Upstream,
    private readonly outgoing: Outgoing,
    private readonly resolve: (outcome: AttemptOutcome) => void,
  ) {}

  start(): void {
    const { request, response, path, headers, body, upgrade } = this.outgoing;
    this.release = this.upstream.track({ kind: 'request', cancel: () => this.stop('router') });
    response.on('close', this.onClientClose);
    const options: Dispatcher.DispatchOptions = {
      method: request.method ?? 'GET',
      path,
      headers,
      // undici frames the body: a forwarder that pipes raw bytes lets a second request be smuggled in it.
      body:
        body === null ? null : (body() as unknown as Dispatcher.DispatchOptions['body'] & object),
      upgrade: upgrade === null ? null : upgrade.protocol,
    };
    try {
      this.upstream.pool.dispatch(options, this);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.stopped !== null) controller.abort(new Error(`stopped by ${this.stopped}`));
  }

  onResponseStart(...[controller, status, , statusText]: ResponseStart): void {
    if (status < 200 || this.settled) return;
    const { response } = this.outgoing;
    const headers = responseHeaders(rawHeadersOf(controller), this.upstream.revision);
    response.writeHead(status, statusText ?? '', headers);
    // An event stream may be silent for long; what is here already goes out together with the headers.
    process.nextTick(() => {
      if (!response.destroyed) response.flushHeaders();
    });
    this.answer = { status, latencyMs: performance.now() - this.startedAt };
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { response } = this.outgoing;
    if (this.settled || response.destroyed || response.write(chunk)) return;
    controller.pause();
    response.once('drain', () => controller.resume());
  }

  onResponseEnd(): void {
    if (this.answer === null) return;
    const { response } = this.outgoing;
    response.off('close', this.onClientClose);
    response.end();
    this.settle({ kind: 'answered', ...this.answer });
  }

  onRequestUpgrade(...[controller, status, , socket]: RequestUpgrade): void {
    const headers = responseHeaders(rawHeadersOf(controller), this.upstream.revision);
    this.outgoing.response.off('close', this.onClientClose);
    joinUpgraded({ outgoing: this.outgoing, upstream: this.upstream, socket, headers });
    this.settle({ kind: 'answered', status, latencyMs: performance.now() - this.startedAt });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  private readonly onClientClose = (): void => this.stop('client');

  private stop(by: 'client' | 'router'): void {
    if (this.settled || this.stopped !== null) return;
    this.stopped = by;
    const error = new Error(`stopped by ${by}`);
    this.controller?.abort(error);
    // Where it still waits for a connection there is nothing to abort yet.
    this.fail(error);
  }

  private fail(error: Error): void {
    if (this.settled) return;
    this.outgoing.response.off('close', this.onClientClose);
    if (this.stopped === 'client' || (this.stopped === null && this.clientIsGone())) {
      this.settle(this.answer === null ? this.abandoned() : { kind: 'answered', ...this.answer });
      return;
    }
    if (codeOf(error) === 'ECONNREFUSED') this.upstream.onRefused();
    const begun = this.answer !== null || this.outgoing.response.headersSent;
    if (begun) this.outgoing.response.destroy();
    this.settle({ kind: 'failed', error, begun, cancelled: this.stopped === 'router' });
  }

  private abandoned(): AttemptOutcome {
    const isWhole = this.outgoing.request.complete;
    return { kind: 'aborted', waitedMs: isWhole ? performance.now() - this.startedAt : null };
  }

  /** An upload that breaks off shows up at its reader before the answer's `close`. */
  private clientIsGone(): boolean {
    return this.outgoing.request.socket.destroyed || this.outgoing.request.errored !== null;
  }

  private settle(outcome: AttemptOutcome): void {
    if (this.settled) return;
    this.settled = true;
    this.release();
    this.resolve(outcome);
  }
}

/** Bytes as they came: names keep their case, repeated headers stay repeated. */
function rawHeadersOf(controller: Dispatcher.DispatchController): string[] {
  const raw = controller.rawHeaders;
  if (!Array.isArray(raw)) return [];
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
}
