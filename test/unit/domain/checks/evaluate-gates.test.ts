import fc from 'fast-check';
import { evaluateGates } from '../../../../src/domain/checks/evaluate-gates';
import { GATE_METRICS } from '../../../../src/domain/checks/gate';
import type { Gate, GateMetric, Measurements } from '../../../../src/domain/checks/gate';
import { finding, report } from '../support/checks';

const gate = (metric: GateMetric, threshold: number, changes: Partial<Gate> = {}): Gate => ({
  name: metric,
  metric,
  threshold,
  blocking: true,
  onMissing: 'fail',
  ...changes,
});
const COVERAGE = gate('unit_test_coverage', 80, { name: 'Unit Test Coverage' });
const HIGH = gate('high_vulnerabilities', 5, { name: 'High Vulnerabilities' });

const METRICS = Object.keys(GATE_METRICS) as readonly GateMetric[];
const gateArb = fc
  .record({
    metric: fc.constantFrom(...METRICS),
    threshold: fc.integer({ min: 0, max: 100 }),
    blocking: fc.boolean(),
    onMissing: fc.constantFrom('fail' as const, 'warn' as const),
  })
  .map(({ metric, threshold, ...rest }) => gate(metric, threshold, rest));
const measurementsArb: fc.Arbitrary<Measurements> = fc.dictionary(
  fc.constantFrom(...METRICS),
  fc.double({ min: 0, max: 100, noNaN: true }),
);

describe('evaluateGates', () => {
  test('exactly at the threshold passes, in both directions', () => {
    const measured = { unit_test_coverage: 80, high_vulnerabilities: 5 };
    expect(evaluateGates([COVERAGE, HIGH], measured, []).passed).toBe(true);
  });

  test('a value that rounds up to its threshold fails and does not read like it', () => {
    const { passed, blockers } = evaluateGates([COVERAGE], { unit_test_coverage: 79.96 }, []);
    expect(passed).toBe(false);
    expect(blockers).toEqual(['Unit Test Coverage: 79.9 %, at least 80 %']);
    const size = gate('artifact_size', 500, { name: 'Artifact Size', blocking: false });
    expect(evaluateGates([size], { artifact_size: 500.01 }, []).results[0]).toMatchObject({
      outcome: 'warned',
      blocks: false,
      sentence: 'Artifact Size: 500.1 MB, at most 500 MB',
    });
  });

  test.each([undefined, Number.NaN, Number.POSITIVE_INFINITY])(
    'a measurement of %s is missing and blocks unless the gate sets it aside by name',
    (value) => {
      const measured = value === undefined ? {} : { unit_test_coverage: value };
      expect(evaluateGates([COVERAGE], measured, [])).toMatchObject({
        passed: false,
        results: [{ outcome: 'missing', blocks: true, value: null }],
      });
      const aside = { ...COVERAGE, onMissing: 'warn' } as const;
      expect(evaluateGates([aside], measured, []).passed).toBe(true);
    },
  );

  test('all gates are evaluated, also after one has failed', () => {
    const { results } = evaluateGates([HIGH, COVERAGE], { high_vulnerabilities: 9 }, []);
    expect(results.map((result) => result.outcome)).toEqual(['failed', 'missing']);
  });

  test.each([
    ['that failed', { status: 'failed', reason: 'the worker ended' }],
    ['that covered too little', { covered: 9, applicable: 10 }],
    ['that missed its known-bad probe', { probe: 'miss' }],
  ] as const)('a check %s blocks, whatever the gates say', (_name, changes) => {
    const lenient = gate('secrets', 0, { blocking: false, onMissing: 'warn' });
    const { passed, blockers } = evaluateGates([lenient], {}, [report('secrets', changes)]);
    expect(passed).toBe(false);
    expect(blockers).toHaveLength(1);
    expect(blockers[0]).toContain('scan-incomplete/secrets');
  });

  test('a check that does not apply blocks nothing', () => {
    const none = report('container', { status: 'not-applicable', reason: 'no image' });
    expect(evaluateGates([], {}, [none]).passed).toBe(true);
  });

  test('a critical finding blocks without any gate, and says where it is', () => {
    const planted = report('secrets', { findings: [finding('critical')] });
    expect(evaluateGates([], {}, [planted]).blockers).toEqual([
      'secrets: A private key in config/key.pem:3 (private-key)',
    ]);
    const high = report('secrets', { findings: [finding('high')] });
    expect(evaluateGates([], {}, [high]).passed).toBe(true);
  });

  test('hundreds of critical findings are counted instead of listed', () => {
    const many = report('secrets', {
      findings: Array.from({ length: 500 }, () => finding('critical')),
    });
    const { blockers } = evaluateGates([], {}, [many]);
    expect(blockers).toHaveLength(11);
    expect(blockers.at(-1)).toBe('secrets: 490 more critical findings');
  });

  test('criteria and gates without direction: the metric owns it, so a better value never fails a gate', () => {
    fc.assert(
      fc.property(
        gateArb,
        measurementsArb,
        fc.double({ min: 0, max: 50, noNaN: true }),
        (...drawn) => {
          const [one, measured, by] = drawn;
          const value = measured[one.metric];
          fc.pre(value !== undefined);
          const better =
            GATE_METRICS[one.metric].passesWhen === 'at least' ? value + by : value - by;
          const before = evaluateGates([one], measured, []).passed;
          const after = evaluateGates([one], { ...measured, [one.metric]: better }, []).passed;
          if (before) expect(after).toBe(true);
        },
      ),
    );
  });

  test('taking a measurement away or adding a finding never turns a failure into a pass', () => {
    const gates = fc.array(gateArb, { maxLength: 5 }).map((all) =>
      // A gate that blocks when it fails but not when it is missing was set aside by a person, on purpose.
      all.map((one) => (one.blocking ? { ...one, onMissing: 'fail' as const } : one)),
    );
    const severity = fc.constantFrom('critical' as const, 'high' as const, 'low' as const);
    fc.assert(
      fc.property(gates, measurementsArb, severity, (all, measured, how) => {
        fc.pre(!evaluateGates(all, measured, []).passed);
        expect(evaluateGates(all, {}, []).passed).toBe(false);
        const found = report('secrets', { findings: [finding(how)] });
        expect(evaluateGates(all, measured, [found]).passed).toBe(false);
      }),
    );
  });
});
