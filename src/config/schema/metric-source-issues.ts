import { nearestWord } from '../../domain/format/nearest-word';
import type { PathSegment } from '../problem';
import type { Mistake } from './words';

export type Placed = Mistake & { readonly path: PathSegment[] };

interface Source {
  readonly name?: string | undefined;
  readonly prometheus?: string | undefined;
  readonly http?: string | undefined;
  readonly metrics: Readonly<Record<string, Metric>>;
}

interface Metric extends Readonly<Partial<Record<Query, string | undefined>>> {
  readonly unit?: string | undefined;
  readonly badWhen?: string | undefined;
}

type Query = (typeof QUERIES)[number];
const QUERIES = ['events', 'of', 'value'] as const;

/** What does not go together in one source. */
export function sourceIssues({ prometheus, http, metrics }: Source): readonly Placed[] {
  if (prometheus === undefined && http === undefined) return [{ ...NOWHERE, path: [] }];
  if (prometheus !== undefined && http !== undefined) return [{ ...BOTH, path: ['http'] }];
  const issuesOf = http === undefined ? prometheusIssues : httpIssues;
  return Object.entries(metrics).flatMap(([metric, block]) =>
    [...issuesOf(block), ...directionIssues(metric, block)].map((issue) => ({
      ...issue,
      path: ['metrics', metric, ...issue.path],
    })),
  );
}

/** Names and metrics must be of one source each. */
export function twinIssues(sources: readonly Source[]): readonly Placed[] {
  return sources.flatMap((source, index) => {
    const before = sources.slice(0, index);
    const isTwin = before.some(({ name }) => name !== undefined && name === source.name);
    const again = Object.keys(source.metrics).filter((metric) =>
      before.some(({ metrics }) => Object.hasOwn(metrics, metric)),
    );
    return [
      ...(isTwin ? [{ ...TWIN, path: [index, 'name'] }] : []),
      ...again.map((metric) => ({ ...SEEN_TWICE, path: [index, 'metrics', metric] })),
    ];
  });
}

function prometheusIssues(metric: Metric): readonly Placed[] {
  return formIssues(metric) ?? [...queryIssues(metric), ...unitIssues(metric)];
}

/** Either a share of something, or a value; null: it is one of the two. */
function formIssues({ events, of, value }: Metric): readonly Placed[] | null {
  if (value !== undefined) {
    if (events === undefined && of === undefined) return null;
    return [{ ...TWO_FORMS, path: ['value'] }];
  }
  if (events !== undefined && of !== undefined) return null;
  if (events === undefined && of === undefined) return [{ ...NO_QUERY, path: [] }];
  const [there, missing] = events === undefined ? ['of', 'events'] : ['events', 'of'];
  return [{ ...HALF(missing), path: [there] }];
}

function queryIssues(metric: Metric): readonly Placed[] {
  return QUERIES.flatMap((key) => {
    const query = metric[key];
    if (query === undefined) return [];
    const issue = queryIssue(query);
    return issue === null ? [] : [{ ...issue, path: [key] }];
  });
}

/** What the adapter replaces, see `expandQuery`. */
const PLACEHOLDERS = ['revision', 'window', 'service', 'environment'];

function queryIssue(query: string): Mistake | null {
  const words = [...query.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, word = '']) => word);
  const foreign = words.find((word) => word.startsWith('__'));
  if (foreign !== undefined) return grafana(foreign);
  const typo = words.find((word) => !PLACEHOLDERS.includes(word) && meantBy(word) !== null);
  if (typo !== undefined) return mistyped(typo);
  return words.includes('revision') ? null : NO_REVISION;
}

/** Anything else may be a group that `label_replace` names. */
function meantBy(word: string): string | null {
  return nearestWord(word, PLACEHOLDERS);
}

function mistyped(word: string): Mistake {
  return {
    message: `names \`$${word.slice(0, 40)}\`, which nothing replaces`,
    params: { suggestion: `Did you mean \`$${meantBy(word) ?? ''}\`?` },
  };
}

function unitIssues({ events, unit }: Metric): readonly Placed[] {
  if (events === undefined || unit === undefined || unit === 'percent') return [];
  return [{ ...SHARE, path: ['unit'] }];
}

function httpIssues(metric: Metric): readonly Placed[] {
  return QUERIES.filter((key) => metric[key] !== undefined).map((key) => ({
    message: 'is a query of Prometheus, and this source is an address that answers by itself',
    params: { suggestion: 'Remove it; the metric is asked for by its name.' },
    path: [key],
  }));
}

function directionIssues(name: string, { badWhen }: Metric): readonly Placed[] {
  if (badWhen !== undefined || !name.startsWith('custom_')) return [];
  return [{ ...NO_DIRECTION, path: [] }];
}

const NOWHERE: Mistake = {
  message: 'does not say where it is',
  params: { suggestion: 'Add `prometheus: http://…` or `http: https://…`.' },
};

const BOTH: Mistake = {
  message: 'stands beside `prometheus` in one entry',
  params: { suggestion: 'Give it an entry of its own.' },
};

const TWIN: Mistake = {
  message: 'is the name of a source before it',
  params: { suggestion: 'Give it another name.' },
};

const SEEN_TWICE: Mistake = {
  message: 'is seen by a source before it: nobody could tell which of the two a criterion means',
  params: { suggestion: 'Keep it in one of the two, or give one another name.' },
};

const NO_QUERY: Mistake = {
  message: 'has no query',
  params: { suggestion: 'Write `events` and `of` for a share, or `value`.' },
};

const TWO_FORMS: Mistake = {
  message: 'stands beside `events` and `of`: a metric is a share or a value',
  params: { suggestion: 'Keep one of the two.' },
};

const HALF = (missing: string): Mistake => ({
  message: `stands without \`${missing}\`, and a share needs both`,
  params: { suggestion: `Add \`${missing}\`, or write \`value\` in place of the two.` },
});

const NO_REVISION: Mistake = {
  message: 'names no `$revision`, so that both revisions would read the same',
  params: { suggestion: 'Add the label that tells them apart, such as `{revision="$revision"}`.' },
};

function grafana(word: string): Mistake {
  return {
    message: `names \`$${word.slice(0, 40)}\`, which only Grafana replaces`,
    params: { suggestion: 'Write `$window`: the length of the source’s windows.' },
  };
}

const SHARE: Mistake = {
  message: 'is not `percent`, and `events` ÷ `of` is a share',
  params: { suggestion: 'Remove it.' },
};

const NO_DIRECTION: Mistake = {
  message: 'does not say in which direction it is bad',
  params: { suggestion: 'Add `badWhen: above` or `badWhen: below`.' },
};
