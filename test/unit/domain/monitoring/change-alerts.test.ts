import fc from 'fast-check';
import type { Severity } from '../../../../src/domain/analysis/criterion';
import { changeAlerts, sentenceOfAlert } from '../../../../src/domain/monitoring/change-alerts';
import type { AlertMemory } from '../../../../src/domain/monitoring/change-alerts';
import { MONITORS } from '../../../../src/domain/monitoring/policy';
import type { MonitorName } from '../../../../src/domain/monitoring/policy';
import type {
  AlertChange,
  MonitorIssue,
  MonitoringSession,
  OpenAlert,
} from '../../../../src/domain/monitoring/session';

/** Issues by severity and key; healthy without; null: no data. */
type Look = readonly (readonly [Severity, string])[] | null;

function sessionAt(atMs: number, looks: Partial<Record<MonitorName, Look>>): MonitoringSession {
  const monitors = MONITORS.flatMap((monitor) => {
    const look = looks[monitor];
    if (look === undefined) return [];
    const issues = (look ?? []).map(([severity, key]): MonitorIssue => ({
      key,
      severity,
      sentence: `${key} is bad.`,
    }));
    const healthy = look === null ? null : issues.length === 0;
    const state = look === null ? ('no-data' as const) : ('watching' as const);
    return [{ monitor, state, healthy, score: null, issues, values: [] }];
  });
  return { atMs, healthy: null, score: null, monitors };
}

/** A bake: what the workflow keeps, what the worker remembers. */
class Bake {
  open: readonly OpenAlert[] = [];
  memory: AlertMemory | null = null;
  readonly told: AlertChange[] = [];

  look(atMs: number, looks: Partial<Record<MonitorName, Look>>): readonly AlertChange[] {
    const { changes, memory } = changeAlerts(this.open, sessionAt(atMs, looks), this.memory);
    this.memory = memory;
    for (const { kind, alert } of changes) {
      const others = this.open.filter(({ monitor }) => monitor !== alert.monitor);
      this.open = kind === 'resolved' ? others : [...others, alert];
    }
    this.told.push(...changes);
    return changes;
  }

  /** Looks every two seconds, both ends included. */
  looks(fromMs: number, untilMs: number, looks: Partial<Record<MonitorName, Look>>): void {
    for (let atMs = fromMs; atMs <= untilMs; atMs += 2_000) this.look(atMs, looks);
  }

  get kinds(): readonly AlertChange['kind'][] {
    return this.told.map(({ kind }) => kind);
  }
}

const BAD: Look = [['high', 'errors/error_rate']];

describe('alerts', () => {
  test('are raised once for lasting trouble, grouped by monitor', () => {
    const bake = new Bake();
    bake.looks(0, 20_000, { errors: BAD, health: [['medium', 'health/availability']] });
    expect(bake.told.map(({ kind, alert }) => [kind, alert.monitor])).toEqual([
      ['raised', 'health'],
      ['raised', 'errors'],
    ]);
    expect(bake.told[1]?.alert).toEqual({
      monitor: 'errors',
      severity: 'high',
      sinceMs: 0,
      issues: ['errors/error_rate'],
      sentence: 'errors/error_rate is bad.',
    });
  });

  test('grow by a new issue or a worse severity, and by nothing else', () => {
    const bake = new Bake();
    bake.look(0, { performance: [['medium', 'p95']] });
    bake.look(2_000, {
      performance: [
        ['medium', 'p95'],
        ['low', 'p99'],
      ],
    });
    bake.look(4_000, { performance: [['low', 'p99']] });
    bake.look(6_000, { performance: [['critical', 'p99']] });
    bake.look(8_000, { performance: [['high', 'p95']] });
    expect(bake.kinds).toEqual(['raised', 'grew', 'grew']);
    expect(bake.told[1]?.alert).toMatchObject({
      severity: 'medium',
      sinceMs: 0,
      issues: ['p95', 'p99'],
    });
    expect(bake.told[2]?.alert).toMatchObject({ severity: 'critical', sinceMs: 0 });
    expect(bake.told[1]?.alert.sentence).toBe('p95 is bad. And 1 other issue.');
  });

  test('are over after 30 s of healthy looks, not before', () => {
    const bake = new Bake();
    bake.look(0, { errors: BAD });
    bake.looks(2_000, 30_000, { errors: [] });
    expect(bake.kinds).toEqual(['raised']);
    bake.look(32_000, { errors: [] });
    expect(bake.kinds).toEqual(['raised', 'resolved']);
    expect(bake.open).toEqual([]);
  });

  test('are neither raised nor over without data, and the time without data does not count as healthy', () => {
    const bake = new Bake();
    bake.looks(0, 10_000, { errors: null });
    bake.look(12_000, { errors: BAD });
    bake.looks(14_000, 34_000, { errors: [] });
    bake.looks(36_000, 90_000, { errors: null });
    expect(bake.kinds).toEqual(['raised']);
    bake.looks(92_000, 100_000, { errors: [] });
    expect(bake.kinds).toEqual(['raised']);
    bake.looks(102_000, 104_000, { errors: [] });
    expect(bake.kinds).toEqual(['raised', 'resolved']);
  });

  test('that trouble interrupts count their healthy time anew', () => {
    const bake = new Bake();
    bake.look(0, { errors: BAD });
    bake.looks(2_000, 28_000, { errors: [] });
    bake.look(30_000, { errors: BAD });
    bake.looks(32_000, 60_000, { errors: [] });
    expect(bake.kinds).toEqual(['raised']);
  });

  test('are told once more after an end only when a minute has passed', () => {
    const bake = new Bake();
    bake.look(0, { errors: BAD });
    bake.looks(2_000, 32_000, { errors: [] });
    bake.looks(34_000, 90_000, { errors: BAD });
    expect(bake.kinds).toEqual(['raised', 'resolved']);
    bake.look(92_000, { errors: BAD });
    expect(bake.kinds).toEqual(['raised', 'resolved', 'raised']);
  });

  test('of a worker that lost its memory are not told twice, and end later', () => {
    const bake = new Bake();
    bake.look(0, { errors: BAD });
    bake.looks(2_000, 28_000, { errors: [] });
    bake.memory = null;
    bake.look(30_000, { errors: BAD });
    bake.looks(32_000, 60_000, { errors: [] });
    expect(bake.kinds).toEqual(['raised']);
    bake.look(62_000, { errors: [] });
    expect(bake.kinds).toEqual(['raised', 'resolved']);
  });

  test('of looks far apart end after two healthy ones at the soonest, also when the clock jumps', () => {
    const bake = new Bake();
    bake.look(0, { errors: BAD });
    bake.look(600_000, { errors: [] });
    bake.look(0, { errors: [] });
    expect(bake.kinds).toEqual(['raised']);
    bake.look(600_000, { errors: [] });
    expect(bake.kinds).toEqual(['raised', 'resolved']);
  });

  test('have a sentence for each change', () => {
    const alert: OpenAlert = {
      monitor: 'errors',
      severity: 'critical',
      sinceMs: 0,
      issues: ['errors/error_rate'],
      sentence: '9 of 90 requests failed.',
    };
    const sentences = (['raised', 'grew', 'resolved', 'unwatched'] as const).map((kind) =>
      sentenceOfAlert({ kind, alert, atMs: 90_000 }),
    );
    expect(sentences).toEqual([
      'Errors (critical): 9 of 90 requests failed.',
      'Errors got worse (critical, for 1 m 30 s): 9 of 90 requests failed.',
      'Errors: over after 1 m 30 s. It was: 9 of 90 requests failed.',
      'Errors (critical): no longer watched, and still open after 1 m 30 s. It was: 9 of 90 requests failed.',
    ]);
  });

  test('never repeat: each change is news, ends have a beginning, and a bake tells a bounded number', () => {
    const lookArb: fc.Arbitrary<Look> = fc.oneof(
      fc.constant(null),
      fc.constant([]),
      fc.array(
        fc.tuple(
          fc.constantFrom<Severity>('critical', 'high', 'medium', 'low'),
          fc.constantFrom('a', 'b'),
        ),
        { minLength: 1, maxLength: 2 },
      ),
    );
    const runArb = fc.record({
      look: lookArb,
      looks: fc.integer({ min: 1, max: 40 }),
      forgets: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(runArb, { maxLength: 20 }), (runs) => {
        const bake = new Bake();
        let atMs = 0;
        for (const { look, looks, forgets } of runs) {
          if (forgets) bake.memory = null;
          for (let count = 0; count < looks; count += 1)
            bake.look((atMs += 2_000), { errors: look });
        }
        expectNews(bake.told);
        const raised = bake.told.filter(({ kind }) => kind === 'raised').length;
        expect(raised).toBeLessThanOrEqual(1 + atMs / 30_000);
      }),
    );
  });
});

/** Between a beginning and its end, each change of the one monitor is wider or worse than the one before. */
function expectNews(told: readonly AlertChange[]): void {
  let open: OpenAlert | null = null;
  for (const { kind, alert } of told) {
    expect(kind === 'raised').toBe(open === null);
    if (kind === 'grew') {
      const isWider = alert.issues.length > (open?.issues.length ?? 0);
      expect(isWider || alert.severity !== open?.severity).toBe(true);
    }
    open = kind === 'resolved' ? null : alert;
  }
}
