import type { ServiceRef } from '../../../domain/deployment';
import { isDigest, type Digest } from '../../../domain/revision';

export interface QueryValues {
  readonly ref: ServiceRef;
  readonly revision: Digest;
  readonly windowMs: number;
}

/**
 * The query with `$revision`, `$window`, `$service` and `$environment` (or `${revision}`, …) replaced. The values hold nothing
 * that could end a string of PromQL; whatever else begins with `$` stays.
 */
export function expandQuery(query: string, { ref, revision, windowMs }: QueryValues): string {
  if (!isDigest(revision)) throw new RangeError('a revision is not a digest');
  const values: Readonly<Record<string, string>> = {
    revision,
    window: promDuration(windowMs),
    service: plainName(ref.service),
    environment: plainName(ref.environment),
  };
  return query.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (whole, braced: string | undefined, plain: string | undefined) =>
      values[braced ?? plain ?? ''] ?? whole,
  );
}

function promDuration(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${Math.round(ms)}ms`;
}

function plainName(name: string): string {
  if (/^[A-Za-z0-9._-]+$/.test(name)) return name;
  throw new RangeError('a service or environment has a name that no query may hold');
}
