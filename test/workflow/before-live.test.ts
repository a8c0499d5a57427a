import { DEFAULT_MONITORING, type MonitoringPolicy } from '../../src/domain/monitoring/policy';
import type { PerformanceThresholds } from '../../src/domain/monitoring/performance';
import type { NotificationKind } from '../../src/domain/monitoring/notification';
import { checked } from '../support/simulator/checked';
import type { Simulation } from '../support/simulator/simulate';
import {
  BLUE_GREEN,
  decide,
  ERROR_GUARD,
  inPhase,
  once,
  type Scenario,
  waitingFor,
} from '../support/simulator/scenario';

describe('performance validation', () => {
  const validated = (change: Partial<PerformanceThresholds>): MonitoringPolicy => ({
    ...DEFAULT_MONITORING,
    performance: { apdexTargetMs: 500, thresholds: { ...THRESHOLDS, ...change } },
  });

  test('passes within its thresholds, and the ledger keeps the result', async () => {
    const { status, world } = await checked({ monitoring: validated({ p95Ms: 100 }) });
    expect(status.outcome).toBe('succeeded');
    expect(status.performance).toMatchObject({ passed: true, verdict: 'passed' });
    const record = await world.ledger.find(status.deployment);
    expect(record?.closing?.monitored?.performance).toEqual(status.performance);
  });

  test('beyond a threshold keeps the weights, asks a person, and nobody means back', async () => {
    const { status } = await checked({
      criteria: [ERROR_GUARD],
      candidate: { latencyMs: 200 },
      monitoring: validated({ p95Ms: 100 }),
    });
    expect(status).toMatchObject({
      outcome: 'rolled-back',
      performance: { passed: false, verdict: 'failed' },
    });
    expect(status.cause).toContain('Performance:');
    expect(status.liveAtMs).toBeNull();
  });

  test('a person may accept what it found', async () => {
    const { status } = await checked({
      criteria: [ERROR_GUARD],
      candidate: { latencyMs: 200 },
      monitoring: validated({ p95Ms: 100 }),
      happenings: once(
        (now) => waitingFor('decision')(now) && now.performance !== null,
        decide('promote'),
        2_000,
      ),
    });
    expect(status).toMatchObject({ outcome: 'succeeded', performance: { passed: false } });
  });

  test('without enough requests is no pass', async () => {
    const { status } = await checked({ monitoring: validated({ minimumRequests: 1_000_000 }) });
    expect(status).toMatchObject({
      outcome: 'rolled-back',
      performance: { passed: false, verdict: 'no-data' },
    });
  });

  test('that saw too little without a gap watches on while the step has time, and asks nobody', async () => {
    const { status, world } = await checked({ monitoring: validated({ windowMs: 8_000 }) });
    expect(status).toMatchObject({ outcome: 'succeeded', performance: { verdict: 'passed' } });
    expect(kindsTold({ world })).toEqual(['live']);
  });

  test('that watches on for want of evidence ends where a person goes on', async () => {
    const { status } = await checked({
      monitoring: validated({ windowMs: 18_000 }),
      happenings: once(
        (now) => now.phase === 'verify' && now.performance !== null,
        decide('promote'),
        2_000,
      ),
    });
    expect(status).toMatchObject({ outcome: 'succeeded', performance: { verdict: 'no-data' } });
    expect(verifyTook(status)).toBeLessThan(15_000);
  });

  test('that watches on still leaves at once where a guard sees harm', async () => {
    const { status } = await checked({
      monitoring: validated({ windowMs: 18_000 }),
      happenings: once(
        (now) => now.phase === 'verify' && now.performance !== null,
        { kind: 'behave', who: 'candidate', change: { errorRate: 0.6 } },
        2_000,
      ),
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('requests failed');
  });

  test('whose evidence cannot be read asks a person, who may go on', async () => {
    const { status } = await checked({
      evidence: 'unreadable as a whole',
      monitoring: validated({ p95Ms: 100 }),
      happenings: once(
        (now) => waitingFor('decision')(now) && now.performance !== null,
        decide('promote'),
        2_000,
      ),
    });
    expect(status).toMatchObject({
      outcome: 'succeeded',
      performance: { passed: false, verdict: 'no-data' },
    });
    expect(status.performance?.reason).toContain('simulated: the record is away');
  });
});

describe('before it counts as live', () => {
  test('what the monitors find wrong and no criterion decides is for a person', async () => {
    const { status } = await checked({
      strategy: BLUE_GREEN,
      criteria: [],
      candidate: { errorRate: 0.5 },
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.liveAtMs).toBeNull();
  });

  const broken: Partial<Scenario> = { criteria: [], candidate: { errorRate: 0.5 } };

  test('what began before a short phase 9 and lasts is for a person, too', async () => {
    const { status, world } = await checked(broken);
    expect(status).toMatchObject({ outcome: 'rolled-back', liveAtMs: null });
    expect(kindsTold({ world })).toContain('waiting');
  });

  test('what began before it and is over is for nobody', async () => {
    const { status, world } = await checked({
      ...broken,
      happenings: once(inPhase('verify'), {
        kind: 'behave',
        who: 'candidate',
        change: { errorRate: 0 },
      }),
    });
    expect(status.outcome).toBe('succeeded');
    expect(kindsTold({ world })).not.toContain('waiting');
    expect(verifyTook(status)).toBeGreaterThan(30_000);
    expect(verifyTook(status)).toBeLessThan(75_000);
  });

  test('a person ends the watching for trouble that began before it', async () => {
    const { status } = await checked({
      ...broken,
      happenings: once(inPhase('verify'), decide('promote'), 10_000),
    });
    expect(status.outcome).toBe('succeeded');
    expect(verifyTook(status)).toBeLessThan(15_000);
  });
});

const THRESHOLDS: PerformanceThresholds = {
  p50Ms: null,
  p95Ms: null,
  p99Ms: null,
  throughput: { minPerMinute: null, targetPerMinute: null },
  errorRate: 1,
  availability: 99,
  windowMs: 3_000,
  minimumRequests: 50,
};

function kindsTold({ world }: Pick<Simulation, 'world'>): readonly NotificationKind[] {
  return world.notifications.map(({ kind }) => kind);
}

function verifyTook({ liveAtMs, phases }: Simulation['status']): number {
  const began = phases.find(({ phase }) => phase === 'verify')?.startedAtMs ?? 0;
  return (liveAtMs ?? Infinity) - began;
}
