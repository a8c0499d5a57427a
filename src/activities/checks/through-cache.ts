import { createHash } from 'node:crypto';
import type { CheckId } from '../../domain/checks/check-summary';
import { canonicalJson } from '../../domain/canonical-json';
import { BelayError } from '../../domain/errors';
import type { CheckCache } from '../../ports/check-cache';
import type { CheckContext, CheckSubject } from '../../ports/check-subject';

/** One look of one check. */
export interface Look {
  readonly subject: CheckSubject;
  readonly context: CheckContext;
}

export interface CachedLook<R> {
  readonly check: CheckId;
  readonly subject: CheckSubject;
  /** Null: never kept. */
  readonly identity: string | null;
  readonly look: () => Promise<R>;
  /** Only whole answers are. */
  readonly isWorthKeeping: (result: R) => boolean;
  /** How long this one holds; null: until something it depends on changes. */
  readonly keepMs: (result: R) => number | null;
}

interface Kept<R> {
  readonly result: R;
  readonly untilMs: number | null;
}

const FOREVER_MS = 90 * 24 * 60 * 60_000;

/** The result kept for the same content, policy, facts and tool, else a new look, which is kept where it is whole. */
export async function throughCache<R>(
  cache: CheckCache,
  { check, subject, identity, look, isWorthKeeping, keepMs }: CachedLook<R>,
): Promise<{ readonly result: R; readonly cached: boolean }> {
  const key =
    subject.policy.cacheEnabled && identity !== null ? keyOf(check, identity, subject) : null;
  const kept = key === null ? null : ((await cache.get(key, FOREVER_MS)) as Kept<R> | null);
  if (kept !== null && (kept.untilMs === null || kept.untilMs > Date.now())) {
    return { result: kept.result, cached: true };
  }
  const result = await look();
  if (key !== null && isWorthKeeping(result)) {
    const forMs = keepMs(result);
    await cache.put(key, { result, untilMs: forMs === null ? null : Date.now() + forMs });
  }
  return { result, cached: false };
}

function keyOf(
  check: CheckId,
  identity: string,
  { inventory, artifact, policy, facts }: CheckSubject,
): string {
  // How many run at once, and whether results are kept, change nothing about what is found.
  const { parallelJobs: _parallelJobs, cacheEnabled: _cacheEnabled, ...rules } = policy;
  const depends = { check, identity, content: inventory.digest, artifact, rules, facts };
  return createHash('sha256').update(canonicalJson(depends)).digest('hex');
}

/**
 * Why a check broke, without a word of its own: messages of parsers and scanners may quote what they were reading.
 * @throws the signal's reason where the check was cancelled
 */
export function accidentOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) throw signal.reason;
  if (error instanceof BelayError) return `it broke: ${error.message}`;
  return `it broke (${error instanceof Error ? error.name : 'unknown error'})`;
}
