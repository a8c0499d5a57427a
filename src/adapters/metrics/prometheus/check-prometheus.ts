import type { NamedMetric } from '../../../domain/analysis/criterion';
import type { PrometheusMetric, PrometheusSpec } from '../../../domain/monitoring/source-spec';
import type { ReadingCheck } from '../../../ports/reading-source';
import { checkSource, triedRevision, type CheckSurroundings } from '../../check-source';
import { completeWindows } from '../../reading-grid';
import type { SourceSession } from '../../source-session';
import { expandQuery } from './expand-query';
import { explainSilence } from './explain-silence';
import { queryWindows, type WindowValues } from './query-windows';

/** What stands against each metric, one sentence each; what stands against the source itself, as the only one. */
export function checkPrometheus(
  { session, nowMs }: CheckSurroundings<PrometheusSpec>,
  query: ReadingCheck,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { spec } = session;
  return checkSource(session, { query, signal }, async (talk, metrics) => {
    const sentences: string[] = [];
    for (const metric of metrics) {
      const definition = spec.metrics[metric];
      if (definition === undefined) continue;
      sentences.push(...(await checkMetric(talk, { spec, nowMs, query, metric, definition })));
    }
    return sentences;
  });
}

export interface MetricCheck {
  readonly spec: PrometheusSpec;
  readonly nowMs: number;
  readonly query: ReadingCheck;
  readonly metric: NamedMetric;
  readonly definition: PrometheusMetric;
}

async function checkMetric(session: SourceSession, check: MetricCheck): Promise<readonly string[]> {
  for (const [part, text] of queriesOf(check.definition)) {
    const place = `${check.metric}${part === 'value' ? '' : ` (\`${part}\`)`}`;
    const values = await tryQuery(session, check, text);
    if (values.kind === 'refused')
      return [`The source ${check.spec.name} cannot answer ${place}: ${values.reason}.`];
    const { stable } = check.query;
    if (values.byNumber.size > 0 || stable === null) continue;
    return [await explainSilence(session, { ...check, stable, text, place })];
  }
  return [];
}

function queriesOf(metric: PrometheusMetric): readonly (readonly [part: string, text: string])[] {
  switch (metric.form) {
    case 'value':
      return [['value', metric.value]];
    case 'ratio':
      return [
        ['of', metric.of],
        ['events', metric.events],
      ];
  }
}

/** In the newest window that is complete. */
async function tryQuery(
  session: SourceSession,
  { spec, nowMs, query }: MetricCheck,
  text: string,
): Promise<WindowValues> {
  const { resolutionMs, url: base } = spec;
  const { last } = completeWindows(spec, { fromMs: 0, toMs: nowMs }, nowMs);
  const values = { ref: query.ref, revision: triedRevision(query), windowMs: resolutionMs };
  return queryWindows(session, {
    base,
    query: expandQuery(text, values),
    windows: { first: last, last },
    resolutionMs,
  });
}
