import { requestFor } from '../../../src/config/assemble-request';
import { DEFAULT_MONITORING } from '../../../src/domain/monitoring/policy';
import { SPECIFICATION_THRESHOLDS } from '../../../src/domain/monitoring/performance';
import { MINIMAL, parse, SEED } from './support';

const requestOf = (text: string, environment?: string) =>
  requestFor(parse(MINIMAL + text), { environment });
const monitoringOf = (text: string, environment?: string) =>
  requestOf(text, environment).monitoring;
const thresholdsOf = (text: string) => monitoringOf(text).performance.thresholds;
const switched = (word: string) => `deploymentPipeline: { monitoring: { ${word} } }\n`;

describe('what is watched', () => {
  test('is the default where the file says nothing', () => {
    expect(monitoringOf('')).toEqual(DEFAULT_MONITORING);
  });

  test('is what the file says, each environment before the top', () => {
    const text = `
onNoData: rollback
probe: { path: /health }
performance: { apdexTarget: 300 }
notifications: []
deploymentPipeline:
  deployment:
    environments:
      - name: staging
      - name: production
        listen: 9090
        onNoData: ask
        probe: { path: /deep, perSecond: 0.5 }
        performance: { apdexTarget: 100 }
        monitoring: { alerting: false }
        notifications: [{ console: true, on: [waiting] }]
`;
    expect(monitoringOf(text)).toMatchObject({
      onNoData: 'rollback',
      probe: { path: '/health', perSecond: 1 },
      performance: { apdexTargetMs: 300, thresholds: null },
      alerting: 'on',
      channels: [],
    });
    expect(monitoringOf(text, 'production')).toMatchObject({
      onNoData: 'ask',
      probe: { path: '/deep', perSecond: 0.5 },
      performance: { apdexTargetMs: 100 },
      alerting: 'off',
      channels: [{ kind: 'console', on: ['waiting'] }],
    });
  });

  test.each([
    ['healthChecks', { monitors: { ...DEFAULT_MONITORING.monitors, health: 'off' } }],
    ['performanceValidation', { monitors: { ...DEFAULT_MONITORING.monitors, performance: 'off' } }],
    ['businessMetrics', { monitors: { ...DEFAULT_MONITORING.monitors, business: 'off' } }],
    ['alerting', { alerting: 'off' }],
  ])('leaves out what %s switches off, and says so', (name, expected) => {
    const { monitoring, notes, criteria } = requestOf(switched(`${name}: false`));
    expect(monitoring).toEqual({ ...DEFAULT_MONITORING, ...expected });
    expect(notes.join('\n')).toContain(`\`monitoring.${name}\` is switched off in the file: `);
    expect(criteria).toHaveLength(3);
  });

  test('says nothing of switches that are on', () => {
    const on = switched('healthChecks: true, businessMetrics: true, alerting: true');
    expect(requestOf(on).notes).toEqual(requestOf('').notes);
  });
});

describe('performance thresholds', () => {
  test('are held only where the file asks for them', () => {
    expect(thresholdsOf('')).toBeNull();
    expect(thresholdsOf('performance: { apdexTarget: 200 }\n')).toBeNull();
    expect(thresholdsOf(switched('performanceValidation: false'))).toBeNull();
    expect(thresholdsOf(switched('performanceValidation: true'))).toEqual(SPECIFICATION_THRESHOLDS);
  });

  test('are those that the block names, and no other', () => {
    const text =
      'performance: { responseTime: { p95: 400 }, throughput: { min: 10 }, requests: 7 }\n';
    expect(thresholdsOf(text)).toEqual({
      p50Ms: null,
      p95Ms: 400,
      p99Ms: null,
      throughput: { minPerMinute: 10, targetPerMinute: null },
      errorRate: null,
      availability: null,
      windowMs: 60_000,
      minimumRequests: 7,
    });
  });

  test("take the specification's where the validation is switched on and the block does not name them", () => {
    const text = `performance: { errorRate: { max: 0.5 }, availability: { min: 99 }, window: 90 }\n${switched('performanceValidation: true')}`;
    expect(thresholdsOf(text)).toEqual({
      ...SPECIFICATION_THRESHOLDS,
      errorRate: 0.5,
      availability: 99,
      windowMs: 90_000,
    });
  });

  test('are not held where the validation is switched off, and the plan says that', () => {
    const text = `performance: { errorRate: { max: 0.5 } }\n${switched('performanceValidation: false')}`;
    expect(thresholdsOf(text)).toBeNull();
    expect(requestOf(text).notes.join('\n')).toContain('no threshold is held');
  });

  test('that a window or a count stands for and nobody names are said to be none', () => {
    expect(requestOf('performance: { window: 120, requests: 5 }\n').notes.join('\n')).toContain(
      '`performance.window` and `performance.requests`: no threshold is named beside it',
    );
  });

  test("of the specification's own file are the specification's", () => {
    expect(monitoringOf(SEED).performance.thresholds).toEqual(SPECIFICATION_THRESHOLDS);
  });
});

describe('the watch at 100 %', () => {
  const held = (more = '') =>
    requestOf(`performance: { responseTime: { p95: 400 }, window: 90, requests: 30 }\n${more}`);

  test('is long enough for what performance is judged over, and says so', () => {
    const { verify, notes } = held();
    expect(verify).toEqual({ leastMs: 91_000, longestMs: 180_000, minimumRequests: 30 });
    expect(notes.join('\n')).toContain(
      'The watch at 100 % lasts at least 91 s instead of 60 s, until 30 requests have come instead of 0: performance is judged over 90 s (`performance.window`), seen 1 s late.',
    );
  });

  test('keeps what is long enough, in silence', () => {
    const { verify, notes } = held('verify: { least: 120, longest: 150, requests: 40 }\n');
    expect(verify).toEqual({ leastMs: 120_000, longestMs: 150_000, minimumRequests: 40 });
    expect(notes.join('\n')).not.toContain('The watch at 100 %');
  });

  test('ends later where it could not have seen it, also as the last step of a canary', () => {
    const { verify, notes } = held('verify: { least: 5, longest: 60 }\n');
    expect(verify).toMatchObject({ leastMs: 91_000, longestMs: 273_000 });
    expect(notes.join('\n')).toContain('at most 273 s instead of 60 s');
    const canary = held(
      'canary: { steps: [{ weight: 50, bake: 5 }, { weight: 100, bake: 20 }] }\n',
    );
    expect(canary.verify).toEqual({ leastMs: 91_000, longestMs: 273_000, minimumRequests: 30 });
  });

  test('is as the file says where nothing is held', () => {
    expect(requestOf('verify: { least: 5 }\n').verify.leastMs).toBe(5_000);
  });
});

describe('metric sources', () => {
  const query = 'sum(increase(x{revision="$revision"}[$window]))';
  const source = (more: string) => `metricSources:\n  - prometheus: http://127.0.0.1:9090\n${more}`;

  test('are opened as they are written, with every default filled in', () => {
    const text = source(
      `    metrics:\n      business_metric_sales: { value: '${query}' }\n      custom_carts: { events: '${query}', of: '${query}', badWhen: above }\n`,
    );
    expect(monitoringOf(text).sources).toEqual([
      {
        kind: 'prometheus',
        name: 'prometheus',
        url: 'http://127.0.0.1:9090',
        resolutionMs: 60_000,
        lagMs: 30_000,
        timeoutMs: 5_000,
        bearerSecret: null,
        metrics: {
          business_metric_sales: { form: 'value', value: query, unit: 'number', badWhen: 'below' },
          custom_carts: {
            form: 'ratio',
            events: query,
            of: query,
            unit: 'percent',
            badWhen: 'above',
          },
        },
      },
    ]);
  });

  test('without a name get one of their own', () => {
    const http = (metric: string, name = '') =>
      `  - { http: 'https://a.example/x?of=shop', ${name} metrics: { business_metric_${metric}: {} } }\n`;
    const { sources } = monitoringOf(
      `metricSources:\n${http('a')}${http('b', 'name: http-2,')}${http('c')}`,
    );
    expect(sources.map(({ name }) => name)).toEqual(['http', 'http-2', 'http-3']);
    expect(sources[0]).toMatchObject({
      kind: 'http-json',
      url: 'https://a.example/x?of=shop',
      metrics: { business_metric_a: { unit: 'number', badWhen: 'below' } },
    });
  });

  test('that would get their secret unencrypted are said', () => {
    const at = (address: string) =>
      requestOf(
        `metricSources: [{ http: '${address}', bearerSecret: TOKEN, metrics: { business_metric_a: {} } }]\n`,
      ).notes.join('\n');
    expect(at('http://metrics.example/x')).toContain('is sent unencrypted');
    expect(at('https://metrics.example/x')).not.toContain('unencrypted');
    expect(at('http://127.0.0.1:9/x')).not.toContain('unencrypted');
  });
});

describe('notifications', () => {
  test('go where the file says, each of every kind unless it names some', () => {
    const text = `notifications:
  - { webhook: 'https://a.example/hook', signingSecret: KEY, on: [live, blocked, live] }
  - { webhook: 'https://b.example/hook' }
  - slack: { urlSecret: SLACK_URL }
`;
    const all = DEFAULT_MONITORING.channels[0]?.on;
    expect(monitoringOf(text).channels).toEqual([
      {
        kind: 'webhook',
        url: 'https://a.example/hook',
        signingSecret: 'KEY',
        on: ['blocked', 'live'],
      },
      { kind: 'webhook', url: 'https://b.example/hook', signingSecret: null, on: all },
      { kind: 'slack', urlSecret: 'SLACK_URL', on: all },
    ]);
  });

  test('to nobody are said', () => {
    expect(requestOf('notifications: []\n').notes.join('\n')).toContain('nobody is told anything');
  });
});
