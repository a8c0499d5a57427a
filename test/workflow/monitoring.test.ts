import type { Criterion } from '../../src/domain/analysis/criterion';
import { DEFAULT_MONITORING, type MonitoringPolicy } from '../../src/domain/monitoring/policy';
import type { NotificationKind } from '../../src/domain/monitoring/notification';
import type { OpenReadingSource, RevisionReading } from '../../src/ports/reading-source';
import { checked } from '../support/simulator/checked';
import type { Simulation } from '../support/simulator/simulate';
import {
  BLUE_GREEN,
  decide,
  ERROR_GUARD,
  inPhase,
  LATENCY_QUESTION,
  once,
  waitingFor,
} from '../support/simulator/scenario';

const MINUTE_MS = 60_000;
const SLOW = { latencyMs: 400 };

describe('a manual criterion', () => {
  const asking = (severity: Criterion['severity']): readonly Criterion[] => [
    ERROR_GUARD,
    { ...LATENCY_QUESTION, severity },
  ];

  test('of severity critical rolls back after 5 minutes without an answer', async () => {
    const { status } = await checked({ criteria: asking('critical'), candidate: SLOW });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('Nobody answered in time: response_time_p95');
    expect(askedForMs(status.decidedAtMs, status)).toBeGreaterThanOrEqual(5 * MINUTE_MS);
    expect(askedForMs(status.decidedAtMs, status)).toBeLessThan(7 * MINUTE_MS);
  });

  test('of severity medium keeps the weights, does not advance, and asks again at the longest time', async () => {
    const { status, world } = await checked({ criteria: asking('medium'), candidate: SLOW });
    expect(status.outcome).toBe('rolled-back');
    expect(status.steps.filter(({ state, kind }) => kind === 'bake' && state === 'done')).toEqual(
      [],
    );
    const waits = world.notifications.filter(({ kind }) => kind === 'waiting');
    expect(waits.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('without an answer it is watched on as it is'),
      expect.stringContaining('without an answer it is rolled back'),
    ]);
  });

  test('whose rollback a person refuses is watched on, and does not ask again in that step', async () => {
    const { status, world } = await checked({
      criteria: asking('high'),
      candidate: SLOW,
      happenings: [20, 50, 100].flatMap((weight) =>
        once(
          (now) => waitingFor('decision')(now) && now.weights?.candidate === weight,
          decide('promote'),
          2_000,
        ),
      ),
    });
    expect(status.outcome).toBe('succeeded');
    const asked = world.notifications.filter(({ kind }) => kind === 'waiting');
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  test('does not stop the guards: harm while a person is asked rolls back at once', async () => {
    const { status } = await checked({
      criteria: asking('low'),
      candidate: SLOW,
      happenings: once(
        waitingFor('decision'),
        { kind: 'behave', who: 'candidate', change: { errorRate: 0.6 } },
        10_000,
      ),
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('requests failed');
  });
});

describe('a bake that sees too little', () => {
  const starved = { requestsPerSecond: 0, strategy: BLUE_GREEN };

  test('asks a person by default, and nobody means back', async () => {
    const { status } = await checked(starved);
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('Nobody answered in time');
  });

  test('goes back without asking where the configuration says so', async () => {
    const { status, world } = await checked({
      ...starved,
      monitoring: { ...DEFAULT_MONITORING, onNoData: 'rollback' },
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('Too little was seen to go on');
    const record = await world.ledger.find(status.deployment);
    expect(record?.closing?.rollback?.trigger).toBe('no-data');
    expect(kindsTold({ world })).not.toContain('waiting');
  });
});

describe('people are told', () => {
  test('that it is live, and nothing else on a good day', async () => {
    const { status, world } = await checked();
    expect(status.outcome).toBe('succeeded');
    expect(kindsTold({ world })).toEqual(['live']);
  });

  test('that it was taken back, and what serves', async () => {
    const { world } = await checked({ candidate: { errorRate: 0.5 } });
    expect(kindsTold({ world }).at(-1)).toBe('rolled-back');
    expect(world.notifications.at(-1)?.sentence).toMatch(/Rolled back: [0-9a-f]+ serves everybody/);
  });

  test('of trouble once, and when it is over', async () => {
    const { status, world } = await checked({
      strategy: BLUE_GREEN,
      criteria: [],
      rollbackWindowMs: 5 * MINUTE_MS,
      happenings: [
        ...once(
          inPhase('warm'),
          { kind: 'behave', who: 'candidate', change: { errorRate: 0.3 } },
          5_000,
        ),
        ...once(
          inPhase('warm'),
          { kind: 'behave', who: 'candidate', change: { errorRate: 0 } },
          45_000,
        ),
      ],
    });
    expect(status.outcome).toBe('succeeded');
    const told = kindsTold({ world });
    expect(told.filter((kind) => kind === 'resolved').length).toBeGreaterThanOrEqual(1);
    expect(told.indexOf('alert')).toBeLessThan(told.indexOf('resolved'));
    expect(status.openAlerts).toEqual([]);
    const errors = world.notifications.filter(({ sentence }) => sentence.startsWith('errors'));
    expect(errors.filter(({ kind }) => kind === 'alert').length).toBeLessThanOrEqual(2);
  });

  test('that trouble which outlasts the deployment goes on, and is no longer watched', async () => {
    const { status, world } = await checked({
      strategy: BLUE_GREEN,
      criteria: [],
      rollbackWindowMs: 2 * MINUTE_MS,
      happenings: once(
        inPhase('warm'),
        { kind: 'behave', who: 'candidate', change: { errorRate: 0.3 } },
        5_000,
      ),
    });
    expect(status.outcome).toBe('succeeded');
    expect(kindsTold({ world })).not.toContain('resolved');
    const last = world.notifications.at(-1);
    expect(last).toMatchObject({ kind: 'alert' });
    expect(last?.sentence).toContain('no longer watched, and still open after');
    const record = await world.ledger.find(status.deployment);
    const changes = record?.closing?.monitored?.alerts.map(({ kind }) => kind);
    expect(changes).toContain('unwatched');
    expect(changes).not.toContain('resolved');
  });

  test('that trouble is over with a candidate that was taken back', async () => {
    const { status, world } = await checked({
      strategy: BLUE_GREEN,
      criteria: [],
      candidate: { errorRate: 0.5 },
    });
    expect(status.outcome).toBe('rolled-back');
    expect(kindsTold({ world })).toContain('resolved');
  });

  test('of nothing where alerting is off', async () => {
    const { world } = await checked({
      strategy: BLUE_GREEN,
      criteria: [],
      rollbackWindowMs: 2 * MINUTE_MS,
      monitoring: { ...DEFAULT_MONITORING, alerting: 'off' },
      happenings: once(
        inPhase('warm'),
        { kind: 'behave', who: 'candidate', change: { errorRate: 0.3 } },
        5_000,
      ),
    });
    expect(kindsTold({ world })).toEqual(['live']);
  });

  test('and where nobody can be told, a deployment is none the worse', async () => {
    const { status } = await checked({ notifier: 'away' });
    expect(status.outcome).toBe('succeeded');
  });

  test('each notification has a name of its own', async () => {
    const { world } = await checked({ criteria: [], candidate: { errorRate: 0.3 } });
    const ids = world.notifications.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('in warm', () => {
  test('a guard takes a live release back by itself', async () => {
    const { status } = await checked({
      strategy: BLUE_GREEN,
      rollbackWindowMs: 2 * MINUTE_MS,
      happenings: once(
        inPhase('warm'),
        { kind: 'behave', who: 'candidate', change: { errorRate: 0.5 } },
        20_000,
      ),
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.liveAtMs).not.toBeNull();
  });
});

describe('a metric of the user', () => {
  const CONVERSION: Criterion = {
    ...ERROR_GUARD,
    id: 'automatic/business_metric_conversion',
    metric: 'business_metric_conversion',
    threshold: -10,
    unit: 'percent',
    badWhen: 'below',
    comparison: 'relative-to-stable',
    source: 'orders',
    durationMs: 4_000,
  };
  const sold = (candidate: number, stable: number) => ({
    criteria: [ERROR_GUARD, CONVERSION],
    monitoring: {
      ...DEFAULT_MONITORING,
      sources: [
        {
          kind: 'http-json',
          name: 'orders',
          url: 'http://orders.internal/windows',
          resolutionMs: 2_000,
          lagMs: 1_000,
          timeoutMs: 1_000,
          bearerSecret: null,
          metrics: { business_metric_conversion: { unit: 'percent', badWhen: 'below' } },
        },
      ],
    } satisfies MonitoringPolicy,
    readings: selling({ candidate, stable }),
  });

  test('that drops against stable rolls back, and says what was seen', async () => {
    const { status } = await checked(sold(30, 40));
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('business_metric_conversion');
    expect(status.cause).toContain('25 %');
  });

  test('that holds lets it go on', async () => {
    const { status } = await checked(sold(40, 40));
    expect(status.outcome).toBe('succeeded');
  });

  test('whose source is away is never a pass', async () => {
    const { status } = await checked({
      ...sold(40, 40),
      readings: () => ({
        readings: () => Promise.reject(new Error('away')),
        check: async () => [],
      }),
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('Nobody answered in time');
  });

  test('that its source does not know is refused at planning', async () => {
    const { status } = await checked({
      ...sold(40, 40),
      readings: () => ({
        readings: async () => [],
        check: async () => ['it knows no such metric'],
      }),
    });
    expect(status).toMatchObject({ outcome: 'blocked', firstTrafficAtMs: null });
    expect(status.cause).toContain('it knows no such metric');
  });
});

/** So many of 400 visits of each window buy. */
function selling(events: {
  readonly candidate: number;
  readonly stable: number;
}): OpenReadingSource {
  return () => ({
    check: async () => [],
    readings: async ({ fromMs, toMs, revisions }) => {
      const first = Math.ceil(fromMs / 2_000);
      const count = Math.max(0, Math.floor((toMs - 1_000) / 2_000) - first);
      const [stable = '', candidate = ''] = revisions;
      return Array.from({ length: count }, (_one, index): RevisionReading => {
        const number = first + index;
        const sample = (bought: number) => ({
          business_metric_conversion: { kind: 'ratio' as const, events: bought, of: 400 },
        });
        return {
          number,
          fromMs: number * 2_000,
          intervalMs: 2_000,
          revisions: { [stable]: sample(events.stable), [candidate]: sample(events.candidate) },
        };
      });
    },
  });
}

function kindsTold({ world }: Pick<Simulation, 'world'>): readonly NotificationKind[] {
  return world.notifications.map(({ kind }) => kind);
}

function askedForMs(
  decidedAtMs: number | null,
  { firstTrafficAtMs }: Simulation['status'],
): number {
  return (decidedAtMs ?? 0) - (firstTrafficAtMs ?? 0);
}
