import { BelayError } from '../../domain/errors';
import type { SourceSpec } from '../../domain/monitoring/source-spec';
import type { Digest } from '../../domain/revision';
import type { ReadingSource } from '../../ports/reading-source';
import { assembleReadings } from '../assemble-readings';
import { unknownMetrics } from '../check-source';
import { completeWindows } from '../reading-grid';
import type { SampleOrReason } from '../sample-of';

/** What the system behind the source saw; any answer but a sample is a gap. */
export type MemorySight = (
  revision: Digest,
  metric: string,
  window: { readonly number: number; readonly fromMs: number },
) => SampleOrReason;

export interface MemoryReadingsOptions {
  readonly spec: SourceSpec;
  readonly now: () => number;
  readonly sight: MemorySight;
  /** Default: never. */
  readonly isAway?: () => boolean;
}

/** A metric source that a simulated world fills. */
export function createMemoryReadings(options: MemoryReadingsOptions): ReadingSource {
  const { spec, now, sight } = options;
  return {
    async readings(query, signal) {
      signal.throwIfAborted();
      if (options.isAway?.() === true) throw away(spec);
      const { resolutionMs } = spec;
      const known = query.metrics.filter((metric) => Object.hasOwn(spec.metrics, metric));
      const columns = query.revisions.flatMap((revision) =>
        known.map((metric) => ({
          revision,
          metric,
          at: (number: number) =>
            sight(revision, metric, { number, fromMs: number * resolutionMs }),
        })),
      );
      await Promise.resolve();
      return assembleReadings(columns, completeWindows(spec, query, now()), resolutionMs);
    },
    async check({ metrics }, signal) {
      signal.throwIfAborted();
      await Promise.resolve();
      return options.isAway?.() === true ? [away(spec).message] : unknownMetrics(spec, metrics);
    },
  };
}

function away({ name }: SourceSpec): BelayError {
  return new BelayError(
    'METRICS_UNAVAILABLE',
    `The metric source ${name} is away. Nothing is judged by its metrics until it answers; weights stay as they are.`,
  );
}
