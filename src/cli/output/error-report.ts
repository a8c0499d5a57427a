import { BelayError, type ErrorCode } from '../../domain/errors';
import { plain } from './style';
import type { Answer } from './terminal';

/** What a failed command says: what happened, what it means for traffic right now, what to do next. */
export function errorReport(error: unknown): Answer {
  const { code, message, next, details } = errorFields(error);
  const mentions = [...(next === null ? [] : [`next: ${next}`]), `docs: docs/errors.md#${code}`];
  return {
    json: {
      schemaVersion: 1,
      error: { code, message, next, ...(details === null ? {} : { details }) },
    },
    text: [...`error: ${message}`.split('\n'), ...mentions].map(plain),
  };
}

interface ErrorFields {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next: string | null;
  readonly details: Readonly<Record<string, unknown>> | null;
}

function errorFields(error: unknown): ErrorFields {
  if (error instanceof BelayError) {
    const { code, message, next = null, details } = error;
    return { code, message, next, details: Object.keys(details).length === 0 ? null : details };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `Belay itself failed: ${message}. Nothing more was asked of traffic; a running deployment goes on.`,
    next: 'Run `belay doctor`; with BELAY_DEBUG=1 the command prints where it failed.',
    details: null,
  };
}
