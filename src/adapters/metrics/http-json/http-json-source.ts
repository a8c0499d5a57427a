import type { HttpJsonSpec } from '../../../domain/monitoring/source-spec';
import type { Digest } from '../../../domain/revision';
import type { ReadingSource, RevisionReading } from '../../../ports/reading-source';
import { completeWindows, inPieces } from '../../reading-grid';
import { assembleReadings, type Column } from '../../assemble-readings';
import { withSource, type SourceOptions } from '../../source-session';
import { askEndpoint, type EndpointCall } from './ask-endpoint';
import { checkEndpoint } from './check-endpoint';

const MOST_WINDOWS = 2_000;

/** Asks an endpoint of the user's own for each revision; docs/monitoring.md gives the format. */
export function createHttpJsonSource(
  spec: HttpJsonSpec,
  { secret, now = Date.now }: SourceOptions,
): ReadingSource {
  const session = { spec, secret };
  return {
    async readings(query, signal) {
      const pieces = inPieces(completeWindows(spec, query, now()), MOST_WINDOWS);
      const metrics = query.metrics.filter((metric) => Object.hasOwn(spec.metrics, metric));
      if (pieces.length === 0 || metrics.length === 0) return [];
      const { ref } = query;
      return withSource(session, signal, async (talk) => {
        const ask = (
          call: Pick<EndpointCall, 'revision' | 'windows'>,
        ): Promise<readonly Column[]> =>
          askEndpoint(talk, { spec, ref, metrics, ...call }).then((answered) =>
            metrics.map((metric) => columnOf(call.revision, metric, answered)),
          );
        const readings: RevisionReading[] = [];
        for (const windows of pieces) {
          const asked = query.revisions.map((revision) => ask({ revision, windows }));
          const columns = (await Promise.all(asked)).flat();
          readings.push(...assembleReadings(columns, windows, spec.resolutionMs));
        }
        return readings;
      });
    },
    check: (query, signal) => checkEndpoint({ session, nowMs: now() }, query, signal),
  };
}

function columnOf(
  revision: Digest,
  metric: string,
  answered: Awaited<ReturnType<typeof askEndpoint>>,
): Column {
  return { revision, metric, at: (number) => answered.get(number)?.get(metric) ?? null };
}
