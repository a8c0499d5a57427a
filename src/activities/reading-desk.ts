import type { NamedMetric } from '../domain/analysis/criterion';
import type { Reading } from '../domain/analysis/reading';
import { messageOf } from '../domain/errors';
import type { SourceSpec } from '../domain/monitoring/source-spec';
import type { ReadingSource, RevisionReading } from '../ports/reading-source';
import type { ActivityDependencies } from './dependencies';
import type { WatchInput } from './watch-input';

/**
 * Asks the user's own sources beside the looks of a watch: what is slow or away there must not keep the guards from seeing what
 * the target counts. A look takes what has arrived and leaves a question behind where a window is due.
 */
export class ReadingDesk {
  private readonly inquiries = new Map<string, Inquiry>();

  constructor(private readonly deps: ActivityDependencies) {}

  /** What has arrived and is not settled yet, oldest first. `known`: readings of before, which nobody has to be asked for. */
  take(input: WatchInput, known: readonly Reading[]): readonly Reading[] {
    return sourcesOf(input).flatMap((spec) => this.inquiryOf(input, spec, known).take(input));
  }

  /** These are recorded and judged: a look that fails before that takes them again. */
  settle(input: WatchInput, readings: readonly Reading[]): void {
    if (readings.length === 0) return;
    const settled = new Set(readings);
    for (const spec of sourcesOf(input)) this.inquiries.get(keyOf(input, spec))?.settle(settled);
  }

  private inquiryOf(input: WatchInput, spec: SourceSpec, known: readonly Reading[]): Inquiry {
    const key = keyOf(input, spec);
    const inquiry = this.inquiries.get(key) ?? this.open(input, spec, known);
    // Whoever is watched stays: the oldest is one that nobody has looked at for the longest.
    this.inquiries.delete(key);
    this.inquiries.set(key, inquiry);
    const oldest = this.inquiries.keys().next();
    if (this.inquiries.size > MOST_INQUIRIES && oldest.done !== true)
      this.inquiries.delete(oldest.value);
    return inquiry;
  }

  private open(
    { evidenceFromMs }: WatchInput,
    spec: SourceSpec,
    known: readonly Reading[],
  ): Inquiry {
    const last = known.findLast(({ source }) => source === spec.name)?.number ?? -1;
    const first = Math.max(Math.ceil(evidenceFromMs / spec.resolutionMs), last + 1);
    return new Inquiry(this.deps, spec, first);
  }
}

function sourcesOf({ monitoring }: WatchInput): readonly SourceSpec[] {
  return monitoring.sources.filter(({ metrics }) => Object.keys(metrics).length > 0);
}

function keyOf({ deploymentId }: WatchInput, { name }: SourceSpec): string {
  return `${deploymentId} ${name}`;
}

const MOST_INQUIRIES = 5_000;
const MOST_REASONS = 20;
/** A window that a source has not given, or not wholly, so many windows after it was complete is a gap. */
const PATIENCE_WINDOWS = 4;

/** One source, asked for one deployment. */
class Inquiry {
  private readonly source: ReadingSource;
  private arrived: readonly Reading[] = [];
  private isAsking = false;
  private isAway = false;
  private readonly said = new Set<string>();

  constructor(
    private readonly deps: ActivityDependencies,
    private readonly spec: SourceSpec,
    private next: number,
  ) {
    this.source = deps.openReadingSource(spec);
  }

  take(input: WatchInput): readonly Reading[] {
    const { lagMs, resolutionMs } = this.spec;
    const nowMs = this.deps.clock();
    // A clock that was ahead for a while must not leave the source unasked until then.
    this.next = Math.min(this.next, Math.floor(nowMs / resolutionMs) + 1);
    const isDue = nowMs >= (this.next + 1) * resolutionMs + lagMs;
    if (isDue && !this.isAsking) void this.ask(input);
    return this.arrived;
  }

  settle(settled: ReadonlySet<Reading>): void {
    this.arrived = this.arrived.filter((reading) => !settled.has(reading));
  }

  private async ask(input: WatchInput): Promise<void> {
    this.isAsking = true;
    try {
      const seen = await this.read(input);
      const { lagMs, resolutionMs } = this.spec;
      const waitedFor = Math.floor((this.deps.clock() - lagMs) / resolutionMs) - PATIENCE_WINDOWS;
      const taken = beforeHole(seen, waitedFor);
      this.arrived = [
        ...this.arrived,
        ...taken.map((one) => readingOf(one, input, this.spec.name)),
      ];
      const last = taken.at(-1)?.number ?? this.next - 1;
      this.next = Math.max(last + 1, waitedFor, this.next);
      this.isAway = false;
      this.sayMissing(seen, input);
    } catch (error) {
      if (!this.isAway)
        this.deps.log('warn', `${input.deploymentId}: ${this.spec.name}: ${messageOf(error)}`);
      this.isAway = true;
    } finally {
      this.isAsking = false;
    }
  }

  /** What was answered and cannot be used: each reason once. */
  private sayMissing(seen: readonly RevisionReading[], { deploymentId }: WatchInput): void {
    for (const { metric, reason } of seen.flatMap(({ missing = [] }) => missing)) {
      const words = `${metric}: ${reason}`;
      if (this.said.has(words) || this.said.size >= MOST_REASONS) continue;
      this.said.add(words);
      this.deps.log('warn', `${deploymentId}: ${this.spec.name}: ${words}`);
    }
  }

  private async read(input: WatchInput): Promise<readonly RevisionReading[]> {
    const { ref, stable, candidate } = input;
    const seen = await this.source.readings(
      {
        ref,
        revisions: stable === null ? [candidate] : [stable, candidate],
        metrics: Object.keys(this.spec.metrics) as NamedMetric[],
        fromMs: this.next * this.spec.resolutionMs,
        toMs: this.deps.clock(),
      },
      AbortSignal.timeout(LONGEST_QUESTION * this.spec.timeoutMs),
    );
    return seen.filter(({ number }) => number >= this.next);
  }
}

/** A source keeps to its timeout by itself; one that does not is given up after so many of them. */
const LONGEST_QUESTION = 2;

/** Readings count in order: what lacks something that may still come holds up what is behind it, until it was waited for. */
function beforeHole(
  seen: readonly RevisionReading[],
  waitedFor: number,
): readonly RevisionReading[] {
  const hole = seen.findIndex(
    ({ missing = [], number }) => number >= waitedFor && missing.some(({ mayPass }) => mayPass),
  );
  return hole === -1 ? seen : seen.slice(0, hole);
}

function readingOf(
  { number, fromMs, intervalMs, revisions }: RevisionReading,
  { stable, candidate }: WatchInput,
  source: string,
): Reading {
  const arms = {
    stable: stable === null ? null : (revisions[stable] ?? null),
    candidate: revisions[candidate] ?? null,
  };
  return { source, number, fromMs, intervalMs, arms };
}
