import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { deploymentReportPage } from '../../../src/cli/output/deployment-report/report-page';
import { REPORT_STYLESHEET } from '../../../src/cli/output/deployment-report/stylesheet';
import { aRecord, aStatus } from '../client/samples';
import { pageMistakes } from './page-mistakes';
import { aReport, aStep, at, aWindow, anArm } from './report-samples';
import type { DeploymentReport } from '../../../src/cli/output/deployment-report/report';

const pageOf = (change: Partial<DeploymentReport> = {}): string =>
  deploymentReportPage(aReport(change));
const mistakesOf = (page: string): readonly string[] => pageMistakes(page, REPORT_STYLESHEET);

/** The drawing of one chart. */
function chartOf(page: string, id: string): string {
  const start = page.indexOf(`aria-labelledby="${id}-name`);
  expect(start).toBeGreaterThan(0);
  return page.slice(start, page.indexOf('</svg>', start));
}

describe('a deployment as a page', () => {
  test.each([
    ['with one of everything', {}],
    ['of which nothing was recorded', { windows: [], readings: [], status: aStatus() }],
    ['with one window', { windows: [aWindow(3)] }],
  ])('%s is well formed and needs nothing from anywhere', (_, change) => {
    const page = pageOf(change);
    expect(mistakesOf(page)).toEqual([]);
    expect(page).not.toMatch(/<script|NaN|Infinity|undefined|https?:/);
  });

  test('its policy lets in its own stylesheet and nothing else', () => {
    const page = pageOf();
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page.replaceAll('&#39;', "'")).toContain(
      `content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(style).not.toMatch(/url\(|@import/);
  });

  test('no name, reason or sentence can add an element or an attribute, load or run anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const hostile = `"><script>${text}</script><img src=x onerror='1'>`;
        const { status, alerts, verdicts } = aReport();
        const page = pageOf({
          commit: hostile,
          reason: hostile,
          missing: [hostile],
          undone: [hostile],
          verdicts: verdicts.map((one) => ({
            ...one,
            kind: hostile,
            rule: hostile,
            sentence: hostile,
            stepId: hostile,
          })),
          alerts: alerts.map((one) => ({ ...one, alert: { ...one.alert, sentence: hostile } })),
          readings: [
            {
              source: hostile,
              number: 0,
              fromMs: at(0),
              intervalMs: 10_000,
              arms: {
                candidate: { [hostile]: { kind: 'value', value: 1, samples: 1 } },
                stable: null,
              },
            },
          ],
          status: {
            ...status,
            service: hostile,
            environment: hostile,
            initiator: hostile,
            cause: hostile,
            notes: [hostile],
            leftBehind: [hostile],
            steps: [aStep({ id: hostile, summary: hostile, result: hostile })],
            decisions: [aRecord({ actor: hostile, reason: hostile, sentence: hostile })],
          },
        });
        expect(mistakesOf(page)).toEqual([]);
        expect(page).not.toMatch(/<(script|img)/);
      }),
      { numRuns: 60 },
    );
  });

  test('says how it ended, for whom, and what it cost', () => {
    const page = pageOf();
    expect(page).toContain('<title>Rolled back: shop/production – Belay deployment</title>');
    expect(page).toContain('60 of 200 requests failed (30 %, limit 5 %) in the last 5 s.');
    expect(page).toContain('The candidate answered 1 200 requests of users; 60 failed (5 %).');
    expect(page).toContain('41 s after the first user, 1 s after the decision');
  });

  test('has a chart with a table for each metric, named ones included', () => {
    const page = pageOf();
    const ids = [
      ...page.matchAll(/<svg class="plot[^"]*"[^>]*aria-labelledby="([a-z0-9-]+)-name/g),
    ];
    expect(ids.map(([, id]) => id)).toEqual([
      ...['traffic', 'error-rate', 'p50', 'p95', 'p99', 'availability', 'requests', 'metric-1'],
    ]);
    expect(page.match(/<details class="twin">/g)).toHaveLength(7);
    expect(page.match(/<svg class="plot/g)).toHaveLength(page.match(/<desc id=/g)!.length);
    expect(page).toContain('<h3>business_metric_conversion</h3>');
  });

  test('draws candidate and stable apart, with the limits of the criteria and their labels', () => {
    const chart = chartOf(pageOf(), 'error-rate');
    expect(chart).toMatch(/class="line candidate"><path d="M/);
    expect(chart).toMatch(/class="line stable"><path d="M/);
    expect(chart).toContain('limit 5 % over 5 s, rolls back');
    expect(chartOf(pageOf(), 'p99')).toContain('limit 1 000 ms over 5 s, asks a person');
    expect(chartOf(pageOf(), 'p50')).not.toContain('class="limit ');
  });

  test('names the steps with their weights at their boundaries', () => {
    const chart = chartOf(pageOf(), 'error-rate');
    expect(chart).toContain('04-bake-10: Watch at 10 %');
    expect(chart).toMatch(/>10 %<\/text>/);
    expect(chart).toMatch(/>50 %<\/text>/);
  });

  test('shows the share that was commanded beside the one that was observed', () => {
    const { status } = aReport();
    const shift = aStep({
      id: '03-shift-10',
      kind: 'shift',
      startedAtMs: at(-1),
      endedAtMs: at(0),
      limits: null,
    });
    const traffic = chartOf(
      pageOf({ status: { ...status, steps: [shift, ...status.steps] } }),
      'traffic',
    );
    expect(traffic).toMatch(/<path d="M62 [\d.]+H[\d.]+V[\d.]+H[\d.]+V[\d.]+H988"/);
    expect(traffic).toContain('one after the other: 10 %, 50 %.');
  });

  test('what nobody watched is hatched and breaks the line: it is not zero', () => {
    const chart = chartOf(pageOf(), 'error-rate');
    expect(chart.match(/No data from 10:00:14 to 10:00:17 UTC/g)).toHaveLength(1);
    const [, path = ''] = /class="line candidate"><path d="([^"]*)"/.exec(chart) ?? [];
    expect(path.match(/M/g)).toHaveLength(2);
    expect(pageOf()).toContain('1 gap, 3 s in all: no data is not zero.');
  });

  test('stable alone before the shift is no gap; a watch that never came, or stopped, is one', () => {
    const alone = { candidate: null, stable: anArm({ requests: 90 }) };
    const before = [-3, -2, -1].map((second) =>
      aWindow(second, { arms: alone, candidateWeight: 0 }),
    );
    const after = Array.from({ length: 40 }, (_, second) => aWindow(second));
    expect(pageOf({ windows: [...before, ...after] })).toContain('was watched without a gap.');
    expect(pageOf({ windows: [...before, ...after.slice(0, 30)] })).toContain('1 gap, 10 s in all');
    expect(pageOf({ windows: before })).toContain('1 gap, 43 s in all');
  });

  test('seconds without a request have a rate of zero and no error rate', () => {
    const idle = { candidate: anArm({ requests: 0 }), stable: anArm({ requests: 90 }) };
    const windows = [0, 1, 2, 3].map((second) =>
      aWindow(second, second === 2 ? { arms: idle } : {}),
    );
    const page = pageOf({ windows, status: { ...aReport().status, steps: [] } });
    expect(page).toContain('The candidate was watched without a gap.');
    expect(chartOf(page, 'error-rate')).not.toContain('No data from');
    expect(page).toContain('candidate: 0 /s to 10 /s');
    const [, path = ''] =
      /class="line candidate"><path d="([^"]*)"/.exec(chartOf(page, 'error-rate')) ?? [];
    expect(path.match(/M/g)).toHaveLength(1);
    expect(path.match(/L/g)).toHaveLength(1);
  });

  test('decisions, alerts and the moments of the deployment are numbered and listed', () => {
    const page = pageOf();
    const list = page.slice(page.indexOf('class="marklist"'));
    const items = [...list.matchAll(/<li class="([a-z]+)">/g)].map(([, kind]) => kind);
    expect(items).toEqual(['traffic', 'decision', 'alert', 'rollback', 'safe']);
    expect(chartOf(page, 'p95')).toMatch(/<g class="alert"><title>3: 10:00:36 UTC Alert raised/);
  });

  test('what probes met is drawn apart, and said where no user came', () => {
    const probed = (second: number, requests: number) =>
      aWindow(second, {
        arms: {
          candidate: anArm({
            requests,
            probes: { requests: 5, errors: 1, latency: { buckets: [[40, 4]] } },
          }),
          stable: null,
        },
      });
    const both = pageOf({ windows: [0, 1, 2].map((second) => probed(second, 10)) });
    expect(chartOf(both, 'error-rate')).toMatch(/class="line candidate-probes"><path/);
    expect(both).toContain('probes, dotted');
    expect(both).not.toContain('Probes only');
    const alone = pageOf({ windows: [0, 1, 2].map((second) => probed(second, 0)) });
    expect(alone).toContain('Probes only, no user traffic.');
    expect(pageOf().replace(REPORT_STYLESHEET, '')).not.toContain('probes');
  });

  test('four hours with every metric stay below 1.5 MB', () => {
    const windows = Array.from({ length: 4 * 3_600 }, (_, second) => aWindow(second));
    const readings = Array.from({ length: 960 }, (_, number) => ({
      ...aReport().readings[0]!,
      number,
      fromMs: at(number * 15),
      intervalMs: 15_000,
    }));
    const page = pageOf({ windows, readings });
    expect(page.length).toBeLessThan(1_500_000);
    expect(page).toContain('Each point is counted over 1 m.');
    expect(mistakesOf(page)).toEqual([]);
  });

  test('has landmarks, one heading of the first rank, and a caption and scopes for every table', () => {
    const page = pageOf();
    for (const mark of ['<html lang="en"', '<header', '<nav aria-label', '<main>', '<footer>']) {
      expect(page).toContain(mark);
    }
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<table[^>]*><caption>/g)).toHaveLength(page.match(/<table/g)!.length);
    expect(page).not.toMatch(/<th(?! scope=)[ >]/);
    expect(page).not.toMatch(/<svg(?![^>]*(aria-hidden="true"|role="img" aria-label))/);
  });
});
