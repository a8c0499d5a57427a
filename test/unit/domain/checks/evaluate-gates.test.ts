import fc from 'fast-check';
import { evaluateGates, type GateInput } from '../../../../src/domain/checks/evaluate-gates';
import {
  GATE_METRICS,
  type Gate,
  type GateMetric,
  type Measurements,
} from '../../../../src/domain/checks/gate';
import { gate } from '../support/checks';

const COVERAGE = gate('unit_test_coverage', 80, { name: 'Unit Test Coverage' });
const HIGH = gate('high_vulnerabilities', 5, { name: 'High Vulnerabilities' });

const NEVER = gate('high_vulnerabilities', Number.NaN);

function evaluate(one: Gate, measurements: Measurements, changes: Partial<GateInput> = {}) {
  const input = { measurements, newMeasurements: {}, previous: null, environment: 'production' };
  const [result] = evaluateGates([one], { ...input, ...changes });
  return result;
}

describe('a gate', () => {
  test.each([
    ['exactly at its least', { one: COVERAGE, value: 80 }, 'passed'],
    ['above its least', { one: COVERAGE, value: 100 }, 'passed'],
    ['below its least', { one: COVERAGE, value: 79.999 }, 'failed'],
    ['exactly at its most', { one: HIGH, value: 5 }, 'passed'],
    ['above its most', { one: HIGH, value: 6 }, 'failed'],
    ['at a threshold that is none', { one: NEVER, value: 0 }, 'failed'],
  ] as const)('%s', (_what, { one, value }, outcome) => {
    const result = evaluate(one, { [one.metric]: value });
    expect(result).toMatchObject({ outcome, blocks: outcome === 'failed', value });
  });

  test('shows a value rounded toward failure: it never reads like its threshold', () => {
    expect(evaluate(COVERAGE, { unit_test_coverage: 79.96 })?.sentence).toBe(
      'Unit Test Coverage: 79.9 %, at least 80 %',
    );
    const size = gate('artifact_size', 500, { name: 'Artifact Size', blocking: false });
    expect(evaluate(size, { artifact_size: 500.01 })).toMatchObject({
      outcome: 'warned',
      blocks: false,
      sentence: 'Artifact Size: 500.1 MB, at most 500 MB',
    });
  });

  test.each([undefined, Number.NaN, Number.POSITIVE_INFINITY])(
    'without a measurement (%s) is missing, and blocks unless it is set aside by name',
    (value) => {
      const measured = value === undefined ? {} : { unit_test_coverage: value };
      expect(evaluate(COVERAGE, measured)).toMatchObject({
        outcome: 'missing',
        blocks: true,
        value: null,
        sentence: 'Unit Test Coverage: not measured, at least 80 %',
      });
      const aside = { ...COVERAGE, onMissing: 'warn' } as const;
      expect(evaluate(aside, measured)).toMatchObject({ outcome: 'missing', blocks: false });
    },
  );

  test('warns on the safe side of its threshold', () => {
    const near = { ...HIGH, warnAt: 2 };
    expect(evaluate(near, { high_vulnerabilities: 2 })?.outcome).toBe('passed');
    expect(evaluate(near, { high_vulnerabilities: 3 })).toMatchObject({
      outcome: 'warned',
      blocks: false,
      sentence: 'High Vulnerabilities: 3, at most 5, and at most 2 without a warning',
    });
    expect(evaluate(near, { high_vulnerabilities: 6 })?.outcome).toBe('failed');
  });

  test('of other environments is skipped here, and says so', () => {
    const elsewhere = { ...COVERAGE, environments: ['staging', 'test'] };
    expect(evaluate(elsewhere, {})).toMatchObject({
      outcome: 'skipped',
      blocks: false,
      sentence: 'Unit Test Coverage: skipped, it holds in staging, test only',
    });
    const here = { ...COVERAGE, environments: ['production'] };
    expect(evaluate(here, {})?.outcome).toBe('missing');
    expect(evaluate(here, {}, { environment: null })?.outcome).toBe('skipped');
  });

  test('of new findings counts only these', () => {
    const fresh = { ...HIGH, scope: 'new', threshold: { kind: 'absolute', value: 0 } } as const;
    const counts = (count: number) => ({ newMeasurements: { high_vulnerabilities: count } });
    expect(evaluate(fresh, { high_vulnerabilities: 40 }, counts(0))?.outcome).toBe('passed');
    expect(evaluate(fresh, { high_vulnerabilities: 40 }, counts(1))).toMatchObject({
      outcome: 'failed',
      value: 1,
      sentence: 'High Vulnerabilities: 1 new, at most 0',
    });
  });
});

describe('a gate relative to the revision before', () => {
  const tenth = { kind: 'relative', changePercent: 10 } as const;
  const time = gate('build_time', 0, { name: 'Build Time', threshold: tenth });

  test.each([
    [time, 100, 110, 'passed'],
    [time, 100, 111, 'failed'],
    [{ ...time, threshold: { kind: 'relative', changePercent: 15 } }, 20, 23, 'passed'],
    [time, 0, 0.1, 'failed'],
    [{ ...COVERAGE, threshold: { kind: 'relative', changePercent: -5 } }, 80, 76, 'passed'],
    [{ ...COVERAGE, threshold: { kind: 'relative', changePercent: -5 } }, 80, 75.9, 'failed'],
    [{ ...COVERAGE, threshold: { kind: 'relative', changePercent: 0 } }, 80, 79.9, 'failed'],
  ] as const)('(%j) at %d then %d has %s', (one, ...row) => {
    const [before, now, outcome] = row;
    const previous = { [one.metric]: before };
    expect(evaluate(one, { [one.metric]: now }, { previous })?.outcome).toBe(outcome);
  });

  test.each([null, {}, { build_time: Number.NaN }])(
    'has nothing to compare with (%j): it blocks, unless it may be skipped then',
    (previous) => {
      const measured = { build_time: 100 };
      expect(evaluate(time, measured, { previous })).toMatchObject({
        outcome: 'missing',
        blocks: true,
        threshold: null,
      });
      const first = { ...time, onMissing: 'skip' } as const;
      expect(evaluate(first, measured, { previous })).toMatchObject({
        outcome: 'skipped',
        blocks: false,
      });
    },
  );

  test('is never skipped because nobody measured it', () => {
    const first = { ...time, onMissing: 'skip' } as const;
    const result = evaluate(first, {}, { previous: { build_time: 100 } });
    expect(result).toMatchObject({ outcome: 'missing', blocks: true });
  });
});

test('all gates are evaluated and listed, also after one has failed', () => {
  const results = evaluateGates([HIGH, COVERAGE], {
    measurements: { high_vulnerabilities: 9 },
    newMeasurements: {},
    previous: null,
    environment: null,
  });
  expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['High Vulnerabilities', 'failed'],
    ['Unit Test Coverage', 'missing'],
  ]);
});

test('a better value never fails a gate that a worse one passes', () => {
  const metric = fc.constantFrom(...(Object.keys(GATE_METRICS) as GateMetric[]));
  const limit = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(metric, limit, limit, limit, (name, ...drawn) => {
      const [threshold, value, by] = drawn;
      const better = GATE_METRICS[name].passesWhen === 'at least' ? value + by : value - by;
      const one = gate(name, threshold);
      const blocked = (at: number): boolean => evaluate(one, { [name]: at })?.blocks ?? true;
      if (!blocked(value)) expect(blocked(better)).toBe(false);
    }),
  );
});
