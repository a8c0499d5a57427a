import fc from 'fast-check';
import { requestFor } from '../../../src/config/assemble-request';
import { readCriteria } from '../../../src/config/criteria';
import { minimumSamples } from '../../../src/config/minimum-samples';
import type { SourceSpec } from '../../../src/domain/monitoring/source-spec';
import { expectRefusal, MINIMAL, parse, type Wrong } from './support';

const errors = (threshold: number) => ({ metric: 'error_rate', threshold, duration: 60 });
const QUERY = 'x{revision="$revision"}';
const SOURCE: SourceSpec = {
  kind: 'prometheus',
  name: 'shop-metrics',
  url: 'http://127.0.0.1:9090',
  resolutionMs: 60_000,
  lagMs: 30_000,
  timeoutMs: 5_000,
  bearerSecret: null,
  metrics: {
    business_metric_conversion: {
      ...{ form: 'ratio', events: QUERY, of: QUERY, unit: 'percent', badWhen: 'below' },
    },
    business_metric_refunds: { form: 'value', value: QUERY, unit: 'number', badWhen: 'above' },
    custom_queue: { form: 'value', value: QUERY, unit: 'ms', badWhen: 'above' },
    custom_failures: {
      ...{ form: 'ratio', events: QUERY, of: QUERY, unit: 'percent', badWhen: 'above' },
    },
  },
};

type Rule = NonNullable<NonNullable<Parameters<typeof readCriteria>[0]>['automatic']>[number];

function only(rule: Partial<Rule> & Pick<Rule, 'metric' | 'threshold'>) {
  const { criteria, notes } = readCriteria({ automatic: [{ duration: 600, ...rule }] }, [SOURCE]);
  expect(notes).toEqual([]);
  expect(criteria).toHaveLength(1);
  return criteria[0];
}

describe('criteria', () => {
  test('of one metric in one list have ids of their own', () => {
    const { criteria } = readCriteria({ automatic: [errors(5), errors(9)], manual: [errors(2)] });
    expect(criteria.map(({ id }) => id)).toEqual([
      'automatic/error_rate',
      'automatic/error_rate-2',
      'manual/error_rate',
    ]);
  });

  test('without a source are named and left out, with what that means', () => {
    const rule = { metric: 'custom_cart_value', threshold: 30, duration: 60 };
    const { criteria, notes } = readCriteria({ automatic: [rule], manual: [rule] });
    expect(criteria).toEqual([]);
    expect(notes).toEqual([
      '`rollbackCriteria.automatic`: `custom_cart_value` has no source, so this criterion is ignored and nothing is rolled back by it. Name one under `metricSources`.',
      '`rollbackCriteria.manual`: `custom_cart_value` has no source, so this criterion is ignored and nobody is asked because of it. Name one under `metricSources`.',
    ]);
  });

  test('with an error rate below one percent are taken as percent, and say so', () => {
    const { criteria, notes } = readCriteria({ automatic: [errors(0.1)] });
    expect(criteria).toEqual([expect.objectContaining({ threshold: 0.1 })]);
    expect(notes).toEqual([expect.stringContaining('read as 0.1 percent')]);
  });

  test('are severe by what they do where the file does not say', () => {
    const { criteria } = readCriteria({ automatic: [errors(5)], manual: [errors(2)] });
    expect(criteria.map(({ severity }) => severity)).toEqual(['critical', 'high']);
  });

  test('of the target say direction, unit and comparison', () => {
    expect(only({ metric: 'availability', threshold: 95 })).toMatchObject({
      ...{ unit: 'percent', badWhen: 'below', comparison: 'absolute', source: null },
    });
    expect(only({ metric: 'response_time_p99', threshold: 500 })).toMatchObject({
      ...{ unit: 'ms', badWhen: 'above', comparison: 'absolute', source: null },
    });
    expect(
      only({ metric: 'response_time_p99', threshold: 50, comparison: 'relative' }),
    ).toMatchObject({
      ...{ unit: 'percent', badWhen: 'above', comparison: 'relative-to-stable' },
      minimumSamples: 100,
    });
  });
});

describe('a criterion over a figure of the business', () => {
  test("is a change against stable in percent: the specification's −10 is a fall by a tenth", () => {
    expect(only({ metric: 'business_metric_conversion', threshold: -10 })).toEqual({
      id: 'automatic/business_metric_conversion',
      metric: 'business_metric_conversion',
      threshold: -10,
      unit: 'percent',
      badWhen: 'below',
      comparison: 'relative-to-stable',
      source: 'shop-metrics',
      durationMs: 600_000,
      severity: 'critical',
      action: 'rollback',
      minimumSamples: 100,
      alsoWhenBaselineBreaches: false,
    });
  });

  test('is bad on the side of its sign, whatever its source says of the value', () => {
    const rise = only({ metric: 'business_metric_conversion', threshold: 10 });
    expect(rise?.badWhen).toBe('above');
    const fall = only({ metric: 'business_metric_refunds', threshold: -10 });
    expect(fall?.badWhen).toBe('below');
    const none = only({ metric: 'business_metric_refunds', threshold: 0 });
    expect(none?.badWhen).toBe('above');
  });

  test('can be held against a fixed number, in the unit of its source', () => {
    expect(
      only({ metric: 'business_metric_conversion', threshold: 2, comparison: 'absolute' }),
    ).toMatchObject({ unit: 'percent', badWhen: 'below', comparison: 'absolute' });
  });
});

describe('a criterion over a metric of the user', () => {
  test('has the unit and the direction of its source', () => {
    expect(only({ metric: 'custom_queue', threshold: 500 })).toMatchObject({
      ...{ unit: 'ms', badWhen: 'above', comparison: 'absolute', source: 'shop-metrics' },
      minimumSamples: 1,
    });
    expect(only({ metric: 'custom_queue', threshold: 5, badWhen: 'below' })?.badWhen).toBe('below');
  });

  test('that is a share needs so many that a single bad one is no breach', () => {
    const failures = (rule: Partial<Rule>) =>
      only({ metric: 'custom_failures', threshold: 2, ...rule })?.minimumSamples;
    expect(failures({})).toBe(50);
    expect(failures({ threshold: 97, badWhen: 'below' })).toBe(34);
    expect(failures({ comparison: 'relative', threshold: 20 })).toBe(100);
    expect(failures({ minimumSamples: 7 })).toBe(7);
  });
});

test('a criterion takes the source of its own environment', () => {
  const source = (name: string) =>
    `[{ name: ${name}, http: 'https://a.example', metrics: { business_metric_a: {} } }]`;
  const text = `${MINIMAL}
metricSources: ${source('top')}
rollbackCriteria: { manual: [{ metric: business_metric_a, threshold: -10, duration: 600 }] }
deploymentPipeline:
  deployment:
    environments:
      - { name: staging, listen: 1, metricSources: [] }
      - { name: production, listen: 2, metricSources: ${source('own')} }
      - { name: other, listen: 3 }
`;
  const sourceIn = (environment: string) =>
    requestFor(parse(text), { environment }).criteria.map(({ source: name }) => name);
  expect(sourceIn('staging')).toEqual([]);
  expect(sourceIn('production')).toEqual(['own']);
  expect(sourceIn('other')).toEqual(['top']);
});

const rule = (words: string) => `rollbackCriteria:\n  manual:\n    - { ${words} }\n`;
const sources = (metrics: string, more = '') =>
  `metricSources:\n  - { http: 'https://a.example', ${more} metrics: { ${metrics} } }\n`;

const wrong: readonly Wrong[] = [
  {
    what: 'a metric whose name is nearly that of a source',
    text:
      rule('metric: business_metric_conversoin, threshold: -10, duration: 600') +
      sources('business_metric_conversion: {}'),
    line: 3,
    path: 'rollbackCriteria.manual[0].metric',
    rule: /seen by no metric source/,
    suggestion: 'Did you mean `business_metric_conversion`?',
  },
  {
    what: 'a metric of a source without its prefix',
    text:
      rule('metric: conversion, threshold: -10, duration: 600') +
      sources('business_metric_conversion: {}'),
    line: 3,
    rule: /no metric that Belay knows/,
    suggestion: 'Did you mean `business_metric_conversion`?',
  },
  {
    what: 'a duration shorter than its source can see, with the arithmetic',
    text:
      rule('metric: business_metric_a, threshold: -10, duration: 60') +
      sources('business_metric_a: {}'),
    line: 3,
    path: 'rollbackCriteria.manual[0].duration',
    rule: /is 60 s, shorter than the source can see: 60 s resolution \+ 30 s lag = 90 s/,
    suggestion: 'Write at least `90`.',
  },
  {
    what: 'the same by what the source says of itself',
    text:
      rule('metric: business_metric_a, threshold: -10, duration: 20') +
      sources('business_metric_a: {}', 'name: shop, resolution: 15, lag: 10,'),
    line: 3,
    rule: /shorter than shop can see: 15 s resolution \+ 10 s lag = 25 s/,
  },
  {
    what: 'a share above 100 percent',
    text:
      rule('metric: custom_a, threshold: 120, duration: 600') +
      sources('custom_a: { unit: percent, badWhen: above }'),
    line: 3,
    path: 'rollbackCriteria.manual[0].threshold',
    rule: /percentage from 0 to 100/,
  },
  {
    what: 'a change as a fraction',
    text: rule('metric: business_metric_a, threshold: -0.1, duration: 600'),
    line: 3,
    rule: /a change against stable in percent/,
    suggestion: 'Did you mean `-10`?',
  },
  {
    what: 'a fall by everything',
    text: rule('metric: success_rate, comparison: relative, threshold: -100, duration: 600'),
    line: 3,
    rule: /nothing falls by more than 100 %/,
  },
  {
    what: 'a change that no change is bad against',
    text: rule('metric: business_metric_a, threshold: -10, badWhen: above, duration: 600'),
    line: 3,
    rule: /a value that did not change at all/,
    suggestion: 'Write `10`.',
  },
  {
    what: 'an error rate that should rise',
    text: rule('metric: error_rate, threshold: -10, comparison: relative, duration: 600'),
    line: 3,
    rule: /bad above it would be a value that did not change/,
  },
  {
    what: 'a direction that the metric does not have',
    text: rule('metric: availability, threshold: 95, badWhen: above, duration: 600'),
    line: 3,
    path: 'rollbackCriteria.manual[0].badWhen',
    rule: /of `availability` is `below`/,
    suggestion: 'Remove it.',
  },
];

describe('a criterion is refused for', () => {
  test.each(wrong)('$what', (input) => {
    expectRefusal(input);
  });

  test('nothing where another name only begins alike', () => {
    const text =
      rule('metric: business_metric_revenue, threshold: -10, duration: 600') +
      sources('business_metric_conversion: {}');
    const { notes } = requestFor(parse(MINIMAL + text), {});
    expect(notes.join('\n')).toContain('`business_metric_revenue` has no source');
  });

  test('a mistake of the top once, however many environments take it', () => {
    const text = `${rule('metric: happiness, threshold: 5, duration: 60')}deploymentPipeline: { deployment: { environments: [{ name: a }, { name: b }] } }\n`;
    expectRefusal({ what: 'it', text, line: 3, rule: /no metric/ });
  });
});

describe('the least number of samples', () => {
  test.each([
    ['error_rate', 5, 20],
    ['error_rate', 2, 50],
    ['error_rate', 0.01, 1000],
    ['error_rate', 0, 20],
    ['success_rate', 99.5, 200],
    ['success_rate', 100, 20],
    ['response_time_p99', 500, 100],
    ['response_time_p95', 500, 20],
    ['response_time_p50', 500, 20],
    ['availability', 95, 3],
  ] as const)('of %s against %d is %d', (metric, threshold, samples) => {
    expect(minimumSamples(metric, threshold)).toBe(samples);
  });

  test('is so large that one error alone is no breach', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (tenths) => {
        const threshold = tenths / 10;
        const rate = 100 / minimumSamples('error_rate', threshold);
        expect(rate).toBeLessThanOrEqual(threshold + 1e-9);
      }),
    );
  });
});
