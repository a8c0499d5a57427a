export interface SourceLimits {
  /** For one request. */
  readonly timeoutMs: number;
  /** Of one answer, inflated. */
  readonly maxBytes: number;
}

export const SOURCE_LIMITS: SourceLimits = { timeoutMs: 10_000, maxBytes: 256_000_000 };
