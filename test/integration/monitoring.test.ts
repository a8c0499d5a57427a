import { createFileEvidenceRecord } from '../../src/adapters/evidence/file-evidence-record';
import { createFileLedger } from '../../src/adapters/ledger/file-ledger';
import type { Criterion } from '../../src/domain/analysis/criterion';
import { NOTIFICATION_KINDS } from '../../src/domain/monitoring/notification';
import { DEFAULT_MONITORING, type MonitoringPolicy } from '../../src/domain/monitoring/policy';
import { DeployedShop } from '../support/deployed-shop';
import { OrdersEndpoint } from '../support/orders-endpoint';
import { GUARDS } from '../support/shop';
import { sharedTemporalAddress } from '../support/temporal-server';
import { until } from '../support/until';
import { WebhookReceiver } from '../support/webhook-receiver';

const CONVERSION: Criterion = {
  id: 'automatic/business_metric_conversion',
  metric: 'business_metric_conversion',
  threshold: -10,
  unit: 'percent',
  badWhen: 'below',
  comparison: 'relative-to-stable',
  source: 'orders',
  durationMs: 4_000,
  severity: 'high',
  action: 'rollback',
  minimumSamples: 100,
  alsoWhenBaselineBreaches: false,
};
const CANARY = {
  kind: 'canary',
  steps: [{ weight: 20, bake: { leastMs: 6_000, longestMs: 60_000, minimumRequests: 20 } }],
} as const;

const TOLD_WITHIN_MS = 60_000;

let shop: DeployedShop;
let receiver: WebhookReceiver;
/** What serves after the first test. */
let live = '';

beforeAll(async () => {
  shop = await DeployedShop.start(sharedTemporalAddress());
  receiver = await WebhookReceiver.open();
});

afterAll(async () => {
  await receiver.close();
  await shop.stop();
});

function monitoring(change: Partial<MonitoringPolicy>): MonitoringPolicy {
  const channel = { kind: 'webhook', url: receiver.url(), signingSecret: null } as const;
  return {
    ...DEFAULT_MONITORING,
    channels: [{ ...channel, on: NOTIFICATION_KINDS }],
    ...change,
  };
}

function typesTold(): readonly string[] {
  return receiver.bodies().map((body) => (body as { type: string }).type);
}

test('probes alone bring a quiet service live, and the evidence says that no user was there', async () => {
  const run = await shop.deploy(2, {
    strategy: CANARY,
    monitoring: monitoring({ probe: { path: '/health', perSecond: 10 } }),
    rollbackWindowMs: 0,
  });
  const status = await shop.follow(run, 'ended');
  expect(status).toMatchObject({ outcome: 'succeeded' });
  const recorded = await createFileEvidenceRecord({ home: shop.host.home }).read(run.deployment, 0);
  const probes = recorded.map(({ window }) => window.arms.candidate?.probes?.requests ?? 0);
  // As many as the step needs: how many of ten a second are sent is up to the machine.
  expect(probes.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(20);
  expect(status.verdict?.evidence).toMatchObject([{ basis: 'probes' }]);
  expect(status.session?.monitors.map(({ monitor }) => monitor)).toEqual([
    'health',
    'performance',
    'errors',
    'business',
  ]);
  live = status.revision ?? '';
  await until(() => typesTold().includes('dev.belay.deployment.live'), TOLD_WITHIN_MS);
});

test('a metric of the user that drops takes the release back, and people are told what serves', async () => {
  const orders = await OrdersEndpoint.open((revision) => (revision === live ? 40 : 20));
  shop.startLoad();
  try {
    const run = await shop.deploy(4, {
      strategy: CANARY,
      criteria: [...GUARDS, CONVERSION],
      monitoring: monitoring({
        sources: [
          {
            kind: 'http-json',
            name: 'orders',
            url: orders.url,
            resolutionMs: 2_000,
            lagMs: 1_000,
            timeoutMs: 2_000,
            bearerSecret: null,
            metrics: { business_metric_conversion: { unit: 'percent', badWhen: 'below' } },
          },
        ],
      }),
    });
    const status = await shop.follow(run, 'ended');
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('business_metric_conversion is 50 % below stable');
    const rolledBack = 'dev.belay.deployment.rolled-back';
    await until(() => typesTold().includes(rolledBack), TOLD_WITHIN_MS);
    const record = await createFileLedger({ home: shop.host.home }).find(run.deployment);
    expect(record?.closing?.monitored?.criteria.map(({ source }) => source)).toEqual([
      null,
      'orders',
    ]);
  } finally {
    await orders.close();
    expect((await shop.stopLoad()).failedByRouter).toBe(0);
  }
});
