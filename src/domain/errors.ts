/**
 * Every error code of Belay: whether a second try can help, and the exit code of the CLI. Each has an anchor of the
 * same name in `docs/errors.md`.
 */
export const ERROR_CODES = {
  USAGE: { retryable: false, exitCode: 2 },
  CONFIG_INVALID: { retryable: false, exitCode: 2 },
  CONFIG_MISSING: { retryable: false, exitCode: 2 },
  ENVIRONMENT_UNKNOWN: { retryable: false, exitCode: 2 },
  ARTIFACT_MISSING: { retryable: false, exitCode: 5 },
  ARTIFACT_EMPTY: { retryable: false, exitCode: 5 },
  ARTIFACT_ESCAPES: { retryable: false, exitCode: 5 },
  ARTIFACT_UNSUPPORTED: { retryable: false, exitCode: 5 },
  ARTIFACT_CHANGED: { retryable: false, exitCode: 5 },
  CHECKS_FAILED: { retryable: false, exitCode: 5 },
  ENVIRONMENT_NOT_READY: { retryable: false, exitCode: 5 },
  DEPLOYMENT_IN_PROGRESS: { retryable: false, exitCode: 5 },
  LINE_FULL: { retryable: false, exitCode: 5 },
  SUPERSEDED: { retryable: false, exitCode: 7 },
  LEFT_LINE: { retryable: false, exitCode: 7 },
  LINE_EXPIRED: { retryable: false, exitCode: 124 },
  DEPLOYMENT_NOT_FOUND: { retryable: false, exitCode: 5 },
  NO_WORKER: { retryable: false, exitCode: 5 },
  DECISION_REFUSED: { retryable: false, exitCode: 5 },
  TEMPORAL_UNAVAILABLE: { retryable: true, exitCode: 1 },
  PLATFORM_UNAVAILABLE: { retryable: true, exitCode: 1 },
  TARGET_REJECTED: { retryable: false, exitCode: 1 },
  FENCED: { retryable: false, exitCode: 5 },
  PORT_TAKEN: { retryable: false, exitCode: 3 },
  INSTANCE_START_FAILED: { retryable: false, exitCode: 3 },
  INSTANCE_UNHEALTHY: { retryable: false, exitCode: 3 },
  SMOKE_FAILED: { retryable: false, exitCode: 3 },
  NO_HEALTHY_INSTANCE: { retryable: true, exitCode: 4 },
  HAS_WEIGHT: { retryable: false, exitCode: 1 },
  WEIGHT_NOT_OBSERVED: { retryable: true, exitCode: 1 },
  METRICS_UNAVAILABLE: { retryable: true, exitCode: 1 },
  EVIDENCE_UNAVAILABLE: { retryable: true, exitCode: 1 },
  NOTIFIER_UNAVAILABLE: { retryable: true, exitCode: 1 },
  ROLLBACK_INCOMPLETE: { retryable: false, exitCode: 4 },
  INTERNAL: { retryable: true, exitCode: 1 },
} as const satisfies Record<string, { retryable: boolean; exitCode: number }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface BelayErrorOptions {
  /** What to do next, as a sentence or a command. */
  readonly next?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** Overrides the table, for example for an `INTERNAL` that a second try cannot help. */
  readonly retryable?: boolean;
}

/** The one error base. The message says what happened and what it means for traffic right now. */
export class BelayError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly next: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: BelayErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'BelayError';
    this.code = code;
    this.retryable = options.retryable ?? ERROR_CODES[code].retryable;
    this.next = options.next;
    this.details = options.details ?? {};
  }
}

/** What anything that was thrown says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(ERROR_CODES, text);
}
