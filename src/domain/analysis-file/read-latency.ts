import { LAST_BUCKET, upperBoundMs, type Histogram } from '../analysis/histogram';
import { countAt } from './figure';
import type { Structure } from './structure';

export type Latency =
  | { readonly kind: 'sound'; readonly histogram: Histogram }
  | { readonly kind: 'fault'; readonly reason: string };

export const OTHER_BOUNDARIES = 'histograms with other boundaries cannot be used';

/**
 * As sparse buckets of ours, `{buckets: [[bucket, count]]}`, `{buckets: {"bucket": count}}` or either alone, or with its
 * boundaries, `{bounds, counts}`.
 */
export function readLatency(value: unknown, path: string, structure: Structure): Latency {
  if (Array.isArray(value)) return readBuckets(value, path, structure);
  if (isByBucket(value)) return readBuckets(pairsOf(value), path, structure);
  const members = structure.members(value, path, ['buckets', 'bounds', 'counts']);
  if (members === null) return fault('is no histogram');
  const { buckets, bounds, counts } = members.values;
  if (isByBucket(buckets)) return readBuckets(pairsOf(buckets), `${path}.buckets`, structure);
  if (buckets !== undefined) {
    return readBuckets(structure.list(buckets, `${path}.buckets`), `${path}.buckets`, structure);
  }
  return readBounds(
    structure.list(bounds, `${path}.bounds`),
    structure.list(counts, `${path}.counts`),
    { path, structure },
  );
}

type ByBucket = Readonly<Record<string, unknown>>;

function isByBucket(value: unknown): value is ByBucket {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d{1,6}$/.test(key));
}

function pairsOf(byBucket: ByBucket): readonly unknown[] {
  return Object.entries(byBucket).map(([bucket, count]) => [Number(bucket), count]);
}

function readBuckets(pairs: readonly unknown[], path: string, structure: Structure): Latency {
  const byBucket = new Map<number, number>();
  for (const [index, pair] of pairs.entries()) {
    const read = readPair(pair, `${path}[${index}]`, structure);
    if ('reason' in read) return fault(`pair ${index} ${read.reason}`);
    if (read.bucket > LAST_BUCKET) return fault(OTHER_BOUNDARIES);
    if (byBucket.has(read.bucket)) return fault(`bucket ${read.bucket} stands twice`);
    byBucket.set(read.bucket, read.count);
  }
  return sound(byBucket);
}

function readPair(
  pair: unknown,
  path: string,
  structure: Structure,
): { readonly bucket: number; readonly count: number } | { readonly reason: string } {
  if (!Array.isArray(pair) || pair.length !== 2) {
    structure.refuse(path, 'is no pair of bucket and count');
    return { reason: 'is no pair' };
  }
  const [first, second] = pair as [unknown, unknown];
  const [bucket, count] = [countAt(first, path, structure), countAt(second, path, structure)];
  if (bucket.kind === 'fault') return bucket;
  return count.kind === 'fault' ? count : { bucket: bucket.value, count: count.value };
}

interface Reading {
  readonly path: string;
  readonly structure: Structure;
}

function readBounds(
  bounds: readonly unknown[],
  counts: readonly unknown[],
  { path, structure }: Reading,
): Latency {
  const values: number[] = [];
  for (const [index, one] of counts.entries()) {
    const figure = countAt(one, `${path}.counts[${index}]`, structure);
    if (figure.kind === 'fault') return fault(`counts[${index}] ${figure.reason}`);
    values.push(figure.value);
  }
  const first = bucketEndingAt(bounds[0]);
  const isOurs =
    first !== null &&
    bounds.every((bound, index) => endsBucket(bound, first + index)) &&
    isEven(values, { first, bounds: bounds.length });
  if (!isOurs) return fault(OTHER_BOUNDARIES);
  return sound(new Map(values.map((count, index) => [first + index, count])));
}

/**
 * Counts cannot be moved from one bucket to another: the first, which holds everything faster, and the one more than there
 * are boundaries, which holds everything slower, are ours only at the very ends.
 */
function isEven(
  counts: readonly number[],
  { first, bounds }: { readonly first: number; readonly bounds: number },
): boolean {
  if (counts.length !== bounds && counts.length !== bounds + 1) return false;
  const slower = counts[bounds] ?? 0;
  const isLast = first + bounds === LAST_BUCKET;
  return (first === 0 || counts[0] === 0) && (slower === 0 || isLast);
}

const TOLERANCE = 1e-6;

function bucketEndingAt(bound: unknown): number | null {
  if (typeof bound !== 'number' || !(bound > 0)) return null;
  const bucket = Math.round(
    Math.log(bound / upperBoundMs(0)) / Math.log(upperBoundMs(1) / upperBoundMs(0)),
  );
  return endsBucket(bound, bucket) ? bucket : null;
}

function endsBucket(bound: unknown, bucket: number): boolean {
  if (typeof bound !== 'number' || bucket < 0 || bucket > LAST_BUCKET) return false;
  return Math.abs(bound / upperBoundMs(bucket) - 1) < TOLERANCE;
}

function sound(byBucket: ReadonlyMap<number, number>): Latency {
  const buckets = [...byBucket].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  return { kind: 'sound', histogram: { buckets } };
}

function fault(reason: string): Latency {
  return { kind: 'fault', reason };
}
