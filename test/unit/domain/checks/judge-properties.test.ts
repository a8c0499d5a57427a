import fc from 'fast-check';
import { SCANNERS, VALIDATORS } from '../../../../src/domain/checks/catalog';
import type { Finding } from '../../../../src/domain/checks/finding';
import { GATE_METRICS, type GateMetric } from '../../../../src/domain/checks/gate';
import { judgeChecks, type JudgeInput } from '../../../../src/domain/checks/judge-checks';
import type { ScanReport } from '../../../../src/domain/checks/scan-report';
import { FINDING_SEVERITIES } from '../../../../src/domain/checks/severity';
import {
  evidence,
  failing,
  finding,
  fingerprintOf,
  gate,
  judgeInput,
  scan,
  suppression,
  validator,
} from '../support/checks';

const METRICS = Object.keys(GATE_METRICS) as readonly GateMetric[];
const RULES = [
  'secrets/private-key',
  'dockerfile/root-user',
  'CVE-2019-10744',
  'dependencies/drift',
];

const findings = fc.record({
  scanner: fc.constantFrom(...SCANNERS),
  ruleId: fc.constantFrom(...RULES),
  severity: fc.constantFrom(...FINDING_SEVERITIES),
  file: fc.nat(3),
});

/** A problem of its own: no two share a fingerprint. */
function problem(
  drawn: typeof findings extends fc.Arbitrary<infer T> ? T : never,
  id: number,
): Finding {
  const { scanner, ruleId, severity, file } = drawn;
  const location = { path: `src/${file}.txt`, line: id + 1, resource: null };
  return finding({ scanner, ruleId, severity, location, fingerprint: fingerprintOf(id) });
}

const gates = fc.array(
  fc
    .record({
      metric: fc.constantFrom(...METRICS),
      limit: fc.integer({ min: 0, max: 100 }),
      blocking: fc.boolean(),
      scope: fc.constantFrom('all' as const, 'new' as const),
    })
    .map(({ metric, limit, ...rest }) => gate(metric, limit, rest)),
  { maxLength: 5 },
);

const reports = fc.constantFrom<Partial<ScanReport>>(
  {},
  {},
  {},
  { covered: 9 },
  { probe: 'miss' },
  { status: 'failed', reason: 'no' },
);

const inputs: fc.Arbitrary<JudgeInput> = fc
  .record({
    told: fc.array(findings, { maxLength: 12 }),
    states: fc.array(reports, { minLength: 5, maxLength: 5 }),
    bad: fc.subarray([...VALIDATORS], { maxLength: 1 }),
    gates,
    hasTests: fc.boolean(),
    setAside: fc.constantFrom(...RULES),
    lowered: fc.constantFrom(...RULES),
    known: fc.subarray([0, 1, 2, 3, 4, 5]),
  })
  .map(({ told, states, bad, hasTests, setAside, lowered, known, ...rest }) => {
    const all = told.map(problem);
    return judgeInput({
      ...rest,
      validators: VALIDATORS.map((name) => (bad.includes(name) ? failing(name) : validator(name))),
      scans: SCANNERS.map((scanner, index) =>
        scan(scanner, {
          ...states[index],
          findings: all.filter((one) => one.scanner === scanner),
        }),
      ),
      tests: hasTests ? [evidence(), evidence({ suite: 'integration' })] : [],
      suppressions: [suppression({ kind: 'rule', ruleId: setAside, path: 'src/1*' })],
      severities: { [lowered]: 'low' },
      previous: { measurements: {}, fingerprints: known.map((id) => fingerprintOf(id)) },
    });
  });

const RUNS = { numRuns: 100 };

test('another problem never turns a failure into a pass, and never raises the score', () => {
  fc.assert(
    fc.property(inputs, findings, (input, drawn) => {
      const before = judgeChecks(input);
      const one = problem(drawn, 99);
      const more = input.scans.map((report) =>
        report.scanner === one.scanner
          ? { ...report, findings: [...report.findings, one] }
          : report,
      );
      const after = judgeChecks({ ...input, scans: more });
      if (!before.passed) expect(after.passed).toBe(false);
      expect(after.score ?? 0).toBeLessThanOrEqual(before.score ?? 0);
      expect(after.blockers.length).toBeGreaterThanOrEqual(before.blockers.length);
    }),
    RUNS,
  );
});

test('a problem told again, better or worse, never takes a blocker away', () => {
  const severity = fc.constantFrom(...FINDING_SEVERITIES);
  fc.assert(
    fc.property(inputs, severity, fc.nat(), (input, ...drawn) => {
      const [again, which] = drawn;
      const told = input.scans.flatMap((report) => report.findings);
      fc.pre(told.length > 0);
      const one = told[which % told.length] ?? finding();
      const twice = { ...one, severity: again, sources: ['another'] };
      const more = input.scans.map((report) =>
        report.scanner === one.scanner
          ? { ...report, findings: [...report.findings, twice] }
          : report,
      );
      const [before, after] = [judgeChecks(input), judgeChecks({ ...input, scans: more })];
      const blocking = new Set(after.blockers.flatMap(({ fingerprints }) => fingerprints));
      for (const { fingerprints } of before.blockers) {
        for (const each of fingerprints) expect(blocking).toContain(each);
      }
      expect(after.findings.length).toBe(before.findings.length);
    }),
    RUNS,
  );
});

test('a report that is taken away never turns a failure into a pass: all of them are needed', () => {
  fc.assert(
    fc.property(inputs, fc.nat(4), fc.nat(3), fc.nat(1), (input, ...drawn) => {
      const [scanAt, validatorAt, testAt] = drawn;
      const without = <T>(all: readonly T[], at: number): readonly T[] =>
        all.filter((_, index) => index !== at);
      expect(judgeChecks({ ...input, scans: without(input.scans, scanAt) }).passed).toBe(false);
      const validators = without(input.validators, validatorAt);
      expect(judgeChecks({ ...input, validators }).passed).toBe(false);
      if (judgeChecks(input).passed) return;
      const tests = without(input.tests, testAt);
      expect(judgeChecks({ ...input, tests }).passed).toBe(false);
    }),
    RUNS,
  );
});

test('the order in which anything came changes nothing', () => {
  fc.assert(
    fc.property(inputs, fc.nat(), (input, turn) => {
      const turned = <T>(all: readonly T[]): readonly T[] => {
        const at = all.length === 0 ? 0 : turn % all.length;
        return [...all.slice(at), ...all.slice(0, at)].reverse();
      };
      const shuffled = {
        ...input,
        scans: turned(input.scans).map((one) => ({ ...one, findings: turned(one.findings) })),
        validators: turned(input.validators),
        tests: turned(input.tests),
      };
      const { scans: _one, ...before } = judgeChecks(input);
      const { scans: _other, ...after } = judgeChecks(shuffled);
      expect(after).toEqual(before);
    }),
    RUNS,
  );
});

test('every gate is listed, and a pass has no reason, no blocker, no gap and no blocking gate', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { passed, gates: results, reasons, blockers, score } = judgeChecks(input);
      expect(results.map(({ name }) => name)).toEqual(input.gates.map(({ name }) => name));
      expect(passed).toBe(reasons.length === 0);
      if (!passed) return;
      expect(blockers).toEqual([]);
      expect(score).not.toBeNull();
      expect(results.filter(({ blocks }) => blocks)).toEqual([]);
    }),
    RUNS,
  );
});
