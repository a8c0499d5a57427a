import { LAST_BUCKET, type Histogram } from './histogram';
import type { ArmWindow } from './window';

/** Answers of one kind over several windows. */
export interface Counts {
  readonly requests: number;
  readonly errors: number;
  /** Latencies by bucket; index and bucket are the same. */
  readonly latency: readonly number[];
}

/** What one revision did over several windows, ready to be divided. */
export interface ArmSums {
  /** In how many windows it was observed. */
  readonly windows: number;
  readonly users: Counts;
  readonly probes: Counts;
  readonly healthChecksPassed: number;
  readonly healthChecksFailed: number;
}

const NO_LATENCY: readonly number[] = new Array<number>(LAST_BUCKET + 1).fill(0);
const NO_COUNTS: Counts = { requests: 0, errors: 0, latency: NO_LATENCY };

export const NO_SUMS: ArmSums = {
  windows: 0,
  users: NO_COUNTS,
  probes: NO_COUNTS,
  healthChecksPassed: 0,
  healthChecksFailed: 0,
};

interface Change {
  readonly added: readonly (ArmWindow | null)[];
  readonly dropped: readonly (ArmWindow | null)[];
}

/** The sums with some windows more and some fewer. Whole numbers, so that the way there leaves no trace. */
export function changeSums(sums: ArmSums, { added, dropped }: Change): ArmSums {
  const more = added.filter((window) => window !== null);
  const fewer = dropped.filter((window) => window !== null);
  const net = (of: (window: ArmWindow) => number): number => total(more, of) - total(fewer, of);
  return {
    windows: sums.windows + more.length - fewer.length,
    users: changeCounts(sums.users, more, fewer),
    probes: changeCounts(sums.probes, more.map(probesOf), fewer.map(probesOf)),
    healthChecksPassed: sums.healthChecksPassed + net((window) => window.healthChecksPassed),
    healthChecksFailed: sums.healthChecksFailed + net((window) => window.healthChecksFailed),
  };
}

export function sumWindows(windows: readonly (ArmWindow | null)[]): ArmSums {
  return changeSums(NO_SUMS, { added: windows, dropped: [] });
}

interface Counted {
  readonly requests: number;
  readonly errors: number;
  readonly latency: Histogram;
}

function probesOf(window: ArmWindow): Counted | undefined {
  return window.probes;
}

type MaybeCounted = readonly (Counted | undefined)[];

function changeCounts(counts: Counts, more: MaybeCounted, fewer: MaybeCounted): Counts {
  const added = more.filter((one) => one !== undefined);
  const dropped = fewer.filter((one) => one !== undefined);
  if (added.length + dropped.length === 0) return counts;
  // A plain array, changed in place: a judge comes by here for every new window.
  const latency = counts.latency.slice();
  for (const one of added) addBuckets(latency, one.latency, 1);
  for (const one of dropped) addBuckets(latency, one.latency, -1);
  const net = (of: (one: Counted) => number): number => total(added, of) - total(dropped, of);
  return {
    requests: counts.requests + net((one) => one.requests),
    errors: counts.errors + net((one) => one.errors),
    latency,
  };
}

function addBuckets(latency: number[], { buckets }: Histogram, sign: 1 | -1): void {
  for (const [bucket, count] of buckets) latency[bucket] = (latency[bucket] ?? 0) + sign * count;
}

function total<One>(items: readonly One[], of: (item: One) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
