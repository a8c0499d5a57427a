import { Agent, request } from 'node:http';
import { REVISION_HEADER, ROUTER_HEADER } from '../../src/platform/admin-api';

/** One request as its client saw it. */
export interface Seen {
  readonly method: string;
  readonly startedAt: number;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly revision: string | null;
  readonly router: string | null;
  readonly error: string | null;
}

export interface OpenLoopOptions {
  readonly port: number;
  readonly perSecond: number;
  /** Every how many requests is a POST; 0: none. Default 5. */
  readonly postEvery?: number;
}

const TIMEOUT_MS = 60_000;

/** Requests by the clock, not by the answer, over at most 32 kept connections, never repeated. */
export class OpenLoop {
  private readonly seen: Promise<Seen>[] = [];
  private readonly done: Seen[] = [];
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });
  private readonly startedAt = performance.now();
  private readonly timer: NodeJS.Timeout;

  private constructor(private readonly options: OpenLoopOptions) {
    this.timer = setInterval(() => this.catchUp(), 5);
  }

  static start(options: OpenLoopOptions): OpenLoop {
    return new OpenLoop(options);
  }

  /** Everything sent from then on that has its answer. */
  answersSince(from: number): Seen[] {
    return this.done.filter(({ startedAt }) => startedAt >= from);
  }

  /** Sends no more, and answers everything seen. */
  async stop(): Promise<Seen[]> {
    clearInterval(this.timer);
    const all = await Promise.all(this.seen);
    this.agent.destroy();
    return all;
  }

  private catchUp(): void {
    const due = ((performance.now() - this.startedAt) / 1000) * this.options.perSecond;
    while (this.seen.length < due) {
      const sent = this.send(this.seen.length);
      this.seen.push(sent);
      void sent.then((seen) => this.done.push(seen));
    }
  }

  private send(index: number): Promise<Seen> {
    const { port, postEvery = 5 } = this.options;
    const method = postEvery > 0 && index % postEvery === 0 ? 'POST' : 'GET';
    const startedAt = performance.now();
    const base = { method, startedAt, status: 0, revision: null, router: null, error: null };
    return new Promise((resolve) => {
      const sent = request(
        {
          port,
          host: '127.0.0.1',
          method,
          path: `/${index}`,
          agent: this.agent,
          timeout: TIMEOUT_MS,
        },
        (response) => {
          const { statusCode: status = 0, headers } = response;
          const revision = (headers[REVISION_HEADER] as string | undefined) ?? null;
          const router = (headers[ROUTER_HEADER] as string | undefined) ?? null;
          response.resume();
          response.on('end', () => resolve({ ...base, status, revision, router }));
          response.on('error', (error) => resolve({ ...base, error: error.message }));
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('timeout')));
      sent.on('error', (error) => resolve({ ...base, error: error.message }));
      sent.end(method === 'POST' ? 'body' : undefined);
    });
  }
}

/** Which part of the answers a revision gave, 0 to 1. */
export function shareOf(answers: readonly Seen[], revision: string): number {
  return answers.filter((answer) => answer.revision === revision).length / answers.length;
}
