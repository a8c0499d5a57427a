/** `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = string;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}

/** The first twelve digits: what people read and type. */
export function shortDigest(digest: Digest): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}

/** How an instance proves that it can serve. Durations in milliseconds. */
export interface HealthCheck {
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Consecutive passes until an instance counts as healthy. */
  readonly healthyAfter: number;
  /** Consecutive failures until it no longer does. */
  readonly unhealthyAfter: number;
}

/**
 * What is deployed, immutable: the same digest always runs the same bytes in the same way. Not part of it: instance
 * count, strategy, criteria, approvers.
 */
export interface Revision {
  readonly digest: Digest;
  readonly artifact: Digest;
  /** An argv array; `${PORT}` in an argument is replaced by the instance's port. Never a shell line. */
  readonly command: readonly string[];
  /** Plain values. Secrets are named in {@link secrets}; their values live on the target only. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly health: HealthCheck;
  /** Time between SIGTERM and SIGKILL. */
  readonly stopGraceMs: number;
  /** The commit it was built from, where known; not part of the digest. */
  readonly commit: string | null;
}
