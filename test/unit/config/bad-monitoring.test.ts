import { requestFor } from '../../../src/config/assemble-request';
import { errorOf, expectRefusal, MINIMAL, parse, problemsOf, type Wrong } from './support';

const QUERY = 'x{revision="$revision"}';
const prometheus = (metric: string, more = '') =>
  `metricSources:\n  - prometheus: http://127.0.0.1:9090\n${more}    metrics:\n      ${metric}\n`;
const http = (metric: string, address = 'https://a.example') =>
  `metricSources:\n  - http: ${address}\n    metrics:\n      ${metric}\n`;
/** Put together here, so that no scanner takes it for one that leaked. */
const HOOK = ['https://hooks.slack.com', 'services', 'T000', 'B000', 'x'.repeat(24)].join('/');
const PASSWORD = ['s3', 'cr3t'].join('');

const wrong: readonly Wrong[] = [
  {
    what: 'a mistyped key of the probe',
    text: 'probe: { path: /x, perSecnd: 2 }\n',
    line: 1,
    path: 'probe.perSecnd',
    rule: /not a key/,
    suggestion: 'Did you mean `perSecond`?',
  },
  {
    what: 'a probe without a path',
    text: 'probe: { perSecond: 2 }\n',
    line: 1,
    rule: /is missing/,
  },
  {
    what: 'a probe to another host',
    text: 'probe: { path: "http://elsewhere/" }\n',
    line: 1,
    rule: /the path of a URL/,
  },
  {
    what: 'a probe that would be an attack',
    text: 'probe: { path: /, perSecond: 51 }\n',
    line: 1,
    rule: /at most 50/,
  },
  {
    what: 'a probe that asks too rarely to say anything',
    text: 'probe: { path: /, perSecond: 0.05 }\n',
    line: 1,
    rule: /at least 0\.1/,
  },
  {
    what: 'missing data that pass',
    text: 'onNoData: pass\n',
    line: 1,
    rule: /`ask` or `rollback`/,
  },
  {
    what: 'a window in which performance cannot be judged',
    text: 'performance: { window: 10 }\n',
    line: 1,
    path: 'performance.window',
    rule: /at least 60/,
  },
  {
    what: 'percentiles that fall',
    text: 'performance: { responseTime: { p50: 300, p99: 200 } }\n',
    line: 1,
    path: 'performance.responseTime.p99',
    rule: /below `p50` \(200 < 300 ms\)/,
  },
  {
    what: 'a goal below the least',
    text: 'performance: { throughput: { min: 10, target: 5 } }\n',
    line: 1,
    rule: /below `min`/,
  },
  {
    what: 'an availability as a fraction',
    text: 'performance: { availability: { min: 0.999 } }\n',
    line: 1,
    rule: /percentage/,
    suggestion: 'Did you mean `99.9`?',
  },
  {
    what: 'performance in the words of another tool',
    text: 'performance: { p95: 200 }\n',
    line: 1,
    rule: /not a key/,
    suggestion: /`p95` belongs under `performance\.responseTime`/,
  },
  {
    what: 'a switch that does not exist',
    text: 'deploymentPipeline: { monitoring: { alertin: true } }\n',
    line: 1,
    rule: /not a key/,
    suggestion: 'Did you mean `alerting`?',
  },
  {
    what: 'a source that is nowhere',
    text: 'metricSources: [{ metrics: { business_metric_a: {} } }]\n',
    line: 1,
    path: 'metricSources[0]',
    rule: /where it is/,
    suggestion: /`prometheus: http/,
  },
  {
    what: 'a source that is in two places',
    text: 'metricSources: [{ prometheus: http://a, http: http://b, metrics: { business_metric_a: {} } }]\n',
    line: 1,
    path: 'metricSources[0].http',
    rule: /stands beside `prometheus`/,
  },
  {
    what: 'a source without metrics',
    text: 'metricSources: [{ http: https://a.example, metrics: {} }]\n',
    line: 1,
    rule: /must not be empty/,
  },
  {
    what: 'a password in an address, with the way out',
    text: http('business_metric_a: {}', `https://ada:${PASSWORD}@a.example`),
    line: 2,
    path: 'metricSources[0].http',
    rule: /a name or a password/,
    suggestion: /Remove what stands before the `@`; `bearerSecret: NAME`/,
  },
  {
    what: 'a token behind an address',
    text: http('business_metric_a: {}', `https://a.example?api_key=${PASSWORD}`),
    line: 2,
    rule: /holds a secret behind its `\?`/,
    suggestion: /`bearerSecret: NAME`/,
  },
  {
    what: 'a Prometheus with a query of its own',
    text: 'metricSources:\n  - prometheus: http://a.example/graph?g0=x\n    metrics: { business_metric_a: { value: \'x{r="$revision"}\' } }\n',
    line: 2,
    rule: /Belay adds a query/,
  },
  {
    what: 'an address that is none',
    text: http('business_metric_a: {}', 'ftp://a.example'),
    line: 2,
    rule: /must be an address/,
  },
  {
    what: 'a secret that is written out',
    text: 'metricSources: [{ http: https://a.example, bearerSecret: abc.def, metrics: { business_metric_a: {} } }]\n',
    line: 1,
    rule: /the name of a secret/,
  },
  {
    what: 'a metric that Belay counts itself',
    text: http('error_rate: {}'),
    line: 4,
    path: 'metricSources[0].metrics.error_rate',
    rule: /counted by Belay itself/,
    suggestion: /`custom_error_rate`/,
  },
  {
    what: 'a metric without its prefix',
    text: http('cart-value: {}'),
    line: 4,
    rule: /must begin with `business_metric_`/,
    suggestion: 'Write `custom_cart_value`.',
  },
  {
    what: 'a metric of the user that says no direction',
    text: http('custom_a: {}'),
    line: 4,
    rule: /in which direction/,
    suggestion: /`badWhen: above`/,
  },
  {
    what: 'a metric of Prometheus without a query',
    text: prometheus('business_metric_a: {}'),
    line: 4,
    rule: /has no query/,
  },
  {
    what: 'a share without its whole',
    text: prometheus(`business_metric_a: { events: '${QUERY}' }`),
    line: 4,
    rule: /stands without `of`/,
  },
  {
    what: 'a share and a value',
    text: prometheus(
      `business_metric_a: { events: '${QUERY}', of: '${QUERY}', value: '${QUERY}' }`,
    ),
    line: 4,
    rule: /a share or a value/,
  },
  {
    what: 'a share in milliseconds',
    text: prometheus(`business_metric_a: { events: '${QUERY}', of: '${QUERY}', unit: ms }`),
    line: 4,
    rule: /not `percent`/,
  },
  {
    what: 'a query that reads the same of both revisions',
    text: prometheus(`business_metric_a: { events: '${QUERY}', of: 'sum(visits)' }`),
    line: 4,
    path: 'metricSources[0].metrics.business_metric_a.of',
    rule: /no `\$revision`, so that both revisions would read the same/,
    suggestion: /revision="\$revision"/,
  },
  {
    what: 'a placeholder that only begins like the revision',
    text: prometheus(`business_metric_a: { value: 'x{r="$revisions"}' }`),
    line: 4,
    rule: /names `\$revisions`, which nothing replaces/,
    suggestion: 'Did you mean `$revision`?',
  },
  {
    what: 'a mistyped window',
    text: prometheus('business_metric_a: { value: \'rate(x{r="${revision}"}[$windw])\' }'),
    line: 4,
    rule: /names `\$windw`/,
    suggestion: 'Did you mean `$window`?',
  },
  {
    what: "Grafana's placeholder",
    text: prometheus(`business_metric_a: { value: 'rate(${QUERY}[$__rate_interval])' }`),
    line: 4,
    rule: /`\$__rate_interval`, which only Grafana/,
    suggestion: /`\$window`/,
  },
  {
    what: 'a query where there is no Prometheus',
    text: http(`business_metric_a: { value: '${QUERY}' }`),
    line: 4,
    rule: /query of Prometheus/,
  },
  {
    what: 'a mistyped key of a metric',
    text: http('custom_a: { badwhn: above, badWhen: above }'),
    line: 4,
    rule: /not a key/,
    suggestion: 'Did you mean `badWhen`?',
  },
  {
    what: 'one metric of two sources',
    text: `${http('business_metric_a: {}')}  - http: https://b.example\n    metrics:\n      business_metric_a: {}\n`,
    line: 7,
    path: 'metricSources[1].metrics.business_metric_a',
    rule: /seen by a source before it/,
  },
  {
    what: 'two sources of one name',
    text: 'metricSources:\n  - { name: a, http: https://a.example, metrics: { business_metric_a: {} } }\n  - { name: a, http: https://a.example, metrics: { business_metric_b: {} } }\n',
    line: 3,
    path: 'metricSources[1].name',
    rule: /a source before it/,
  },
  {
    what: 'a notification to nowhere',
    text: 'notifications: [{ on: [live] }]\n',
    line: 1,
    rule: /where to/,
  },
  {
    what: 'a notification to two places in one entry',
    text: 'notifications: [{ console: true, webhook: https://a.example }]\n',
    line: 1,
    path: 'notifications[0].webhook',
    rule: /stands beside `console`/,
  },
  {
    what: 'a signature where nothing is signed',
    text: 'notifications: [{ console: true, signingSecret: KEY }]\n',
    line: 1,
    rule: /nothing else is signed/,
  },
  {
    what: 'a kind of notification that does not exist',
    text: 'notifications: [{ console: true, on: [rolledback] }]\n',
    line: 1,
    rule: /`rolled-back`/,
    suggestion: 'Did you mean `rolled-back`?',
  },
  {
    what: 'a password in the address of a webhook',
    text: `notifications: [{ webhook: 'https://ada:${PASSWORD}@a.example' }]\n`,
    line: 1,
    rule: /a name or a password/,
    suggestion: /signingSecret.*`secrets\/NAME`/,
  },
  {
    what: 'the address of a Slack hook as a webhook',
    text: `notifications: [{ webhook: '${HOOK}' }]\n`,
    line: 1,
    rule: /it is a secret/,
    suggestion: /urlSecret: NAME.*`secrets\/NAME`.*0600/,
  },
  {
    what: 'the address of a Slack hook where its name belongs',
    text: `notifications: [{ slack: '${HOOK}' }]\n`,
    line: 1,
    rule: /it is a secret/,
    suggestion: /urlSecret: NAME.*`secrets\/NAME`.*0600/,
  },
  {
    what: 'the address of a Slack hook as the name of a secret',
    text: `notifications: [{ slack: { urlSecret: '${HOOK}' } }]\n`,
    line: 1,
    rule: /the name of a secret/,
  },
];

describe('a file is refused for', () => {
  test.each(wrong)('$what', (input) => {
    expectRefusal(input);
  });
});

test('a group that label_replace names is no placeholder', () => {
  const query =
    'label_replace(x{r="${revision}",s="$service"}, "a", "$1$host", "b", "(?P<host>.*)c$")';
  const { sources } = requestFor(
    parse(MINIMAL + prometheus(`business_metric_a: { value: '${query}' }`)),
    {},
  ).monitoring;
  expect(sources[0]?.metrics['business_metric_a']).toMatchObject({ value: query });
});

test('no problem repeats what may be a secret', () => {
  const said = wrong.flatMap(({ text }) => {
    const { message, next } = errorOf(() => parse(text));
    return [message, next ?? '', JSON.stringify(problemsOf(text))];
  });
  expect(said.join('\n')).not.toContain(PASSWORD);
  expect(said.join('\n')).not.toContain(HOOK);
});
