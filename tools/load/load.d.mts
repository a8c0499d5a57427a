/** One request, recorded once. Times are epoch milliseconds. */
export interface LoadRecord {
  /** The `x-request-id` that was sent: unique over all runs. */
  readonly id: string;
  /** When the clock asked for it; `startedAtMs` is later only where the load client itself was held up. */
  readonly dueAtMs: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly method: string;
  readonly path: string;
  /**
   * `status`: answered to the last byte. Else an error code: `ECONNRESET`, `ECONNREFUSED`, `TIMEOUT`, …; of streams also
   * `STALLED` (nothing came for `timeoutMs`) and `INCOMPLETE` (it ended, but was not what was expected).
   */
  readonly outcome: string;
  /** Null where no answer began. */
  readonly status: number | null;
  /** The answer's `x-belay-revision`. */
  readonly revision: string | null;
  /** The answer's `x-belay-router`: the router made it, and why. */
  readonly router: string | null;
  /** What the mix calls such requests; left out where it gives no name. */
  readonly kind?: string;
  /** Only of streams: when the answer's headers came. Null where none did. */
  readonly answeredAtMs?: number | null;
}

export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly kind?: string;
  /** The answer comes piece by piece and may last: its time counts until the headers, then from piece to piece. */
  readonly stream?: ExpectedStream;
}

/** What a stream must have been, whole: else its outcome is `INCOMPLETE`. `sha256` in hex. */
export type ExpectedStream =
  | { readonly kind: 'download'; readonly bytes: number; readonly sha256: string }
  | { readonly kind: 'events'; readonly events: number };

export interface LoadOptions {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly ratePerSecond: number;
  /** How many to send before it ends by itself; without it only `stop` ends it. */
  readonly requests?: number;
  /** What the n-th request (from 0) is; default: the routes of `examples/shop`, every fifth a POST. */
  readonly mix?: (n: number) => LoadRequest;
  /** Called once a request, when it has ended. */
  readonly onRecord?: (record: LoadRecord) => void;
  /** False: records go to `onRecord` only and take no memory here. Default true. */
  readonly retain?: boolean;
  /** From sending to the answer's last byte, of streams to its headers and then from piece to piece; default 10 000. */
  readonly timeoutMs?: number;
}

export interface LoadHandle {
  /** Sends nothing more, awaits what is in flight (each at most as long as it may last), and gives all records. Idempotent. */
  stop(): Promise<readonly LoadRecord[]>;
  /** The same records, once `requests` are sent and ended, or after `stop`. */
  readonly done: Promise<readonly LoadRecord[]>;
  counts(): { readonly sent: number; readonly inFlight: number };
}

export const TIMEOUT_MS: 10_000;
export function startLoad(options: LoadOptions): LoadHandle;
