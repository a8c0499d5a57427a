import { z } from 'zod';
import { isBuiltInMetric, isNamedMetric, METRICS } from '../domain/analysis/criterion';
import { comparisonOf, unseenDuration } from './criterion-meaning';
import { DEFAULTS } from './defaults';
import type { Explanation } from './explain-issue';
import { nearestWord } from '../domain/format/nearest-word';
import type { PathSegment } from './problem';
import { percentIssue } from './schema/words';
import { secondsToMs } from './units';

/** What these rules look at, and nothing else: whatever else is wrong in the file, they still speak. */
const number = z.number().optional().catch(undefined);
const word = z.string().optional().catch(undefined);
const criterion = z
  .looseObject({
    metric: word,
    threshold: number,
    duration: number,
    comparison: z.enum(['absolute', 'relative']).optional().catch(undefined),
  })
  .catch({});
const list = z.array(criterion).catch([]);
const metric = z.looseObject({ events: word, unit: word }).catch({});
const source = z
  .looseObject({
    name: word,
    prometheus: word,
    resolution: number,
    lag: number,
    metrics: z.record(z.string(), metric).catch({}),
  })
  .catch({ metrics: {} });
const blocks = z.looseObject({
  rollbackCriteria: z.record(z.string(), list).optional().catch(undefined),
  metricSources: z.array(source).optional().catch(undefined),
});
const declared = z.object({
  deploymentPipeline: z.object({
    deployment: z.object({ environments: z.array(blocks.catch({})) }),
  }),
});

type Blocks = z.infer<typeof blocks>;
type Source = z.infer<typeof source>;
type Rule = z.infer<typeof criterion>;

/** Criteria against the sources of their environment: names that nobody knows, durations that a source cannot see. */
export function criteriaMetrics(file: unknown): readonly Explanation[] {
  const seen = blocks.safeParse(file);
  if (!seen.success) return [];
  const explained = scenesOf(file, seen.data).flatMap(({ path, criteria, sources }) =>
    Object.entries(criteria ?? {}).flatMap(([group, rules]) =>
      rules.flatMap((rule, index) =>
        explain(rule, sources).map(({ key, ...said }) => ({
          path: [...path, group, index, key],
          part: 'value' as const,
          ...said,
        })),
      ),
    ),
  );
  return explained.filter(
    (one, index) => explained.findIndex((other) => same(one, other)) === index,
  );
}

interface Scene {
  readonly path: readonly PathSegment[];
  readonly criteria: Blocks['rollbackCriteria'];
  readonly sources: readonly Source[];
}

/** The top of the file, and each environment with what it overrides. */
function scenesOf(file: unknown, top: Blocks): readonly Scene[] {
  const seen = declared.safeParse(file);
  const environments = seen.success ? seen.data.deploymentPipeline.deployment.environments : [];
  const place = ['deploymentPipeline', 'deployment', 'environments'];
  const scenes = environments.map((one, index) => ({
    path: one.rollbackCriteria ? [...place, index, KEY] : [KEY],
    criteria: one.rollbackCriteria ?? top.rollbackCriteria,
    sources: one.metricSources ?? top.metricSources ?? [],
  }));
  const isUsed = scenes.some(({ path }) => path.length === 1);
  if (isUsed) return scenes;
  const sources = top.metricSources ?? [];
  return [{ path: [KEY], criteria: top.rollbackCriteria, sources }, ...scenes];
}

const KEY = 'rollbackCriteria';

type Said = Pick<Explanation, 'rule' | 'suggestion'> & { readonly key: string };

function explain(rule: Rule, sources: readonly Source[]): readonly Said[] {
  const { metric: name } = rule;
  if (name === undefined || name.trim() === '' || isBuiltInMetric(name)) return [];
  const known = sources.flatMap(({ metrics }) => Object.keys(metrics));
  if (!isNamedMetric(name)) return [unknownMetric(name, known)];
  const owner = sources.find(({ metrics }) => Object.hasOwn(metrics, name));
  if (owner !== undefined) return seenIssues(rule, name, owner);
  const near = nearestNamed(name, known);
  return near === null ? [] : [mistyped(name, near)];
}

function unknownMetric(name: string, own: readonly string[]): Said {
  const known = [...Object.keys(METRICS), ...own];
  const near = nearestWord(name, known) ?? nearestNamed(name, own);
  return {
    key: 'metric',
    rule: `names no metric that Belay knows: \`${name.slice(0, 60)}\``,
    suggestion:
      near === null
        ? `There are ${known.map((one) => `\`${one}\``).join(', ')}; a name of your own begins with \`custom_\`.`
        : `Did you mean \`${near}\`?`,
  };
}

function mistyped(name: string, near: string): Said {
  return {
    key: 'metric',
    rule: `is seen by no metric source of this file: \`${name.slice(0, 60)}\``,
    suggestion: `Did you mean \`${near}\`?`,
  };
}

/** Without the prefixes, which are so long that they make any two names alike. */
function nearestNamed(name: string, known: readonly string[]): string | null {
  const near = nearestWord(plain(name), known.map(plain));
  return known.find((one) => plain(one) === near) ?? null;
}

function plain(name: string): string {
  return name.replace(/^(business_metric|custom)_/, '');
}

function seenIssues(rule: Rule, name: string, owner: Source): readonly Said[] {
  return [...durationIssues(rule, owner), ...shareIssues(rule, name, owner)];
}

function durationIssues({ duration }: Rule, owner: Source): readonly Said[] {
  if (duration === undefined || duration <= 0) return [];
  const { resolution, lag } = DEFAULTS.metricSource;
  const sight = {
    resolutionMs: secondsToMs(owner.resolution ?? resolution),
    lagMs: secondsToMs(owner.lag ?? lag),
  };
  const who = owner.name ?? (owner.prometheus === undefined ? 'the source' : 'Prometheus');
  const issue = unseenDuration(duration, sight, who);
  if (issue === null) return [];
  return [{ key: 'duration', rule: issue.message, suggestion: issue.params.suggestion }];
}

function shareIssues(
  { threshold, comparison }: Rule,
  name: string,
  owner: Source,
): readonly Said[] {
  const { events, unit } = owner.metrics[name] ?? {};
  const isShare = events !== undefined || unit === 'percent';
  if (threshold === undefined || !isShare) return [];
  if (comparisonOf(name, comparison) !== 'absolute') return [];
  const issue = percentIssue(threshold, { mayBeSmall: true });
  return issue === null ? [] : [{ key: 'threshold', rule: issue.message, suggestion: null }];
}

function same(one: Explanation, other: Explanation): boolean {
  return one.rule === other.rule && one.path.join('.') === other.path.join('.');
}
