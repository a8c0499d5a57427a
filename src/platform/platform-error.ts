import type { PlatformErrorBody, PlatformErrorCode } from './admin-api';

const STATUS: Record<PlatformErrorCode, number> = {
  NOT_FOUND: 404,
  BAD_REQUEST: 400,
  FENCED: 409,
  FENCE_CONFLICT: 409,
  PORT_TAKEN: 409,
  NO_HEALTHY_INSTANCE: 409,
  HAS_WEIGHT: 409,
  TOO_MANY_INSTANCES: 409,
  ARTIFACT_MISSING: 409,
  SECRET_MISSING: 409,
  SECRET_EXPOSED: 409,
  INTERNAL: 500,
};

/** A call that the platform refuses, with the code that goes over the wire. Nothing was changed. */
export class PlatformError extends Error {
  constructor(
    readonly code: PlatformErrorCode,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = 'PlatformError';
  }

  get status(): number {
    return STATUS[this.code];
  }

  toBody(): PlatformErrorBody {
    const details = this.details === undefined ? {} : { details: this.details };
    return { error: { code: this.code, message: this.message, ...details } };
  }
}

/** Any thrown value as the error that is answered. */
export function asPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  return new PlatformError('INTERNAL', messageOf(error));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node or undici error, empty where there is none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return String(error.code);
}
