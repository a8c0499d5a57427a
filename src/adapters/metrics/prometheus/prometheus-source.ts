import type { PrometheusMetric, PrometheusSpec } from '../../../domain/monitoring/source-spec';
import type { ReadingQuery, ReadingSource, RevisionReading } from '../../../ports/reading-source';
import { assembleReadings, type Column, type PassingGap } from '../../assemble-readings';
import { completeWindows, inPieces, type WindowRange } from '../../reading-grid';
import { ratioSample, valueSample } from '../../sample-of';
import { withSource, type SourceOptions, type SourceSession } from '../../source-session';
import { checkPrometheus } from './check-prometheus';
import { expandQuery } from './expand-query';
import { queryWindows, type WindowValues } from './query-windows';

/** Prometheus refuses ranges of more than 11 000 points. */
const MOST_WINDOWS = 5_000;

/**
 * Asks Prometheus for each metric at the end of each window. A query that Prometheus refuses, or that does not answer one
 * number, leaves its metric out, with the reason; the other metrics are read all the same.
 */
export function createPrometheusSource(
  spec: PrometheusSpec,
  { secret, now = Date.now }: SourceOptions,
): ReadingSource {
  const session = { spec, secret };
  return {
    async readings(query, signal) {
      const windows = completeWindows(spec, query, now());
      const pieces = inPieces(windows, MOST_WINDOWS);
      const metrics = query.metrics.filter((metric) => Object.hasOwn(spec.metrics, metric));
      if (pieces.length === 0 || metrics.length === 0) return [];
      return withSource(session, signal, async (talk) => {
        const readings: RevisionReading[] = [];
        for (const piece of pieces)
          readings.push(...(await readPiece(talk, { spec, query, metrics, windows: piece })));
        return readings;
      });
    },
    check: (query, signal) => checkPrometheus({ session, nowMs: now() }, query, signal),
  };
}

interface Piece {
  readonly spec: PrometheusSpec;
  readonly query: ReadingQuery;
  readonly metrics: readonly string[];
  readonly windows: WindowRange;
}

async function readPiece(
  session: SourceSession,
  piece: Piece,
): Promise<readonly RevisionReading[]> {
  const { query, metrics, windows } = piece;
  const columns = await Promise.all(
    query.revisions.flatMap((revision) =>
      metrics.map((metric) => readColumn(session, piece, { revision, metric })),
    ),
  );
  return assembleReadings(columns, windows, piece.spec.resolutionMs);
}

async function readColumn(
  session: SourceSession,
  { spec, query: { ref }, windows }: Piece,
  { revision, metric }: Pick<Column, 'revision' | 'metric'>,
): Promise<Column> {
  const { url: base, resolutionMs } = spec;
  const ask = (text: string): Promise<WindowValues> =>
    queryWindows(session, {
      base,
      query: expandQuery(text, { ref, revision, windowMs: resolutionMs }),
      windows,
      resolutionMs,
    });
  const definition = spec.metrics[metric as keyof typeof spec.metrics];
  if (definition === undefined) return { revision, metric, at: () => null };
  return { revision, metric, at: await askMetric(definition, ask) };
}

async function askMetric(
  metric: PrometheusMetric,
  ask: (query: string) => Promise<WindowValues>,
): Promise<Column['at']> {
  switch (metric.form) {
    case 'value': {
      const values = await ask(metric.value);
      if (values.kind === 'refused') return () => gapOf(values);
      return (number) => valueSample(values.byNumber.get(number), 1);
    }
    case 'ratio': {
      const [events, of] = await Promise.all([ask(metric.events), ask(metric.of)]);
      if (events.kind === 'refused') return () => gapOf(events, '`events`: ');
      if (of.kind === 'refused') return () => gapOf(of, '`of`: ');
      return (number) => ratioSample(events.byNumber.get(number), of.byNumber.get(number));
    }
  }
}

function gapOf(
  { mayPass, reason }: Extract<WindowValues, { kind: 'refused' }>,
  place = '',
): string | PassingGap {
  const words = `${place}${reason}`;
  return mayPass ? { kind: 'passing', reason: words } : words;
}
