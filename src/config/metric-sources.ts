import { isNamedMetric, type NamedMetric } from '../domain/analysis/criterion';
import type { MetricMeaning, PrometheusMetric, SourceSpec } from '../domain/monitoring/source-spec';
import { DEFAULTS } from './defaults';
import type { MetricBlock, SourceBlock } from './schema/metric-sources';
import { secondsToMs } from './units';

/** The sources as they are opened: each with a name of its own and every default filled in. */
export function readSources(blocks: readonly SourceBlock[] = []): readonly SourceSpec[] {
  const names = namesOf(blocks);
  return blocks.map((block, index) => readSource(block, names[index] ?? ''));
}

function readSource(block: SourceBlock, name: string): SourceSpec {
  const { resolution, lag, timeout } = DEFAULTS.metricSource;
  const base = {
    name,
    resolutionMs: secondsToMs(block.resolution ?? resolution),
    lagMs: secondsToMs(block.lag ?? lag),
    timeoutMs: secondsToMs(block.timeout ?? timeout),
    bearerSecret: block.bearerSecret ?? null,
  };
  return block.prometheus === undefined
    ? {
        ...base,
        kind: 'http-json',
        url: block.http ?? '',
        metrics: metricsOf(block, meaningOf),
      }
    : {
        ...base,
        kind: 'prometheus',
        url: block.prometheus,
        metrics: metricsOf(block, queryOf),
      };
}

function metricsOf<T>(
  { metrics }: SourceBlock,
  read: (block: MetricBlock) => T,
): Record<NamedMetric, T> {
  const entries = Object.entries(metrics).flatMap(([name, block]) =>
    isNamedMetric(name) ? [[name, read(block)] as const] : [],
  );
  return Object.fromEntries(entries);
}

function queryOf(block: MetricBlock): PrometheusMetric {
  const { events, of, value } = block;
  return events !== undefined && of !== undefined
    ? { form: 'ratio', events, of, ...meaningOf(block) }
    : { form: 'value', value: value ?? '', ...meaningOf(block) };
}

/** A figure of the business is bad when it falls, unless the file says otherwise. */
function meaningOf({ events, unit, badWhen }: MetricBlock): MetricMeaning {
  return {
    unit: unit ?? (events === undefined ? 'number' : 'percent'),
    badWhen: badWhen ?? 'below',
  };
}

/** `prometheus`, `http`, and `prometheus-2` for a second one without a name. */
function namesOf(blocks: readonly SourceBlock[]): readonly string[] {
  const taken = new Set(blocks.flatMap(({ name }) => name ?? []));
  return blocks.map((block) => {
    if (block.name !== undefined) return block.name;
    const kind = block.prometheus === undefined ? 'http' : 'prometheus';
    const free = numbered(kind).find((name) => !taken.has(name)) ?? kind;
    taken.add(free);
    return free;
  });
}

function numbered(kind: string): readonly string[] {
  return Array.from({ length: 20 }, (_, index) => (index === 0 ? kind : `${kind}-${index + 1}`));
}
