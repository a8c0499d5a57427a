import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Log } from 'sarif';
import { toSarif } from '../../../src/domain/checks/sarif';
import type { SarifLog, SarifResult, SarifRun } from '../../../src/domain/checks/sarif/log';
import type { Verification } from '../../../src/domain/checks/verification';
import { anyVerification } from '../cli/any-verification';
import {
  aCleanVerification,
  aFinding,
  aRichVerification,
  aScan,
  SUBJECT,
} from '../cli/verification-samples';

const valid = schemaOf('sarif-2.1.0.json');

describe('a verification as SARIF 2.1.0', () => {
  test('is valid against the schema, with everything in it and with nothing', () => {
    expectValid(toSarif(aRichVerification(), SUBJECT));
    expectValid(toSarif(aCleanVerification(), SUBJECT));
  });

  test('is valid against the schema whatever the names in it', () => {
    fc.assert(
      fc.property(anyVerification, (verification) => expectValid(toSarif(verification, SUBJECT))),
      { numRuns: 150 },
    );
  });

  test('has the shapes that other programs know by type', () => {
    expect(typed(toSarif(aRichVerification(), SUBJECT)).runs).toHaveLength(6);
  });

  test('keeps its shape', () => {
    expect(toSarif(aRichVerification(), SUBJECT)).toMatchSnapshot();
  });

  test('has a run and a category of its own for each scanner, few enough for GitHub', () => {
    const { runs } = toSarif(aRichVerification(), SUBJECT);
    const categories = runs.map(({ automationDetails }) => automationDetails.id);
    expect(categories).toEqual([
      'belay/vulnerabilities/',
      'belay/secrets/',
      'belay/dependencies/',
      'belay/compliance/',
      'belay/container/',
      'belay/validation/',
    ]);
    expect(runs.length).toBeLessThanOrEqual(20);
  });

  test('every finding is one result, in the run of its scanner', () => {
    fc.assert(
      fc.property(anyVerification, (verification) => {
        const { runs } = toSarif(verification, SUBJECT);
        for (const { scanner } of verification.scans) {
          const findings = verification.findings.filter((finding) => finding.scanner === scanner);
          const run = runs.find(
            ({ automationDetails }) => automationDetails.id === `belay/${scanner}/`,
          )!;
          const told = run.results.map((result) => result.partialFingerprints?.['belay/v1']);
          expect(told.sort()).toEqual(findings.map(({ fingerprint }) => fingerprint).sort());
        }
      }),
    );
  });

  test('indexes point to the rule and the artifact that the result names', () => {
    fc.assert(
      fc.property(anyVerification, (verification) => {
        for (const run of toSarif(verification, SUBJECT).runs) {
          for (const result of run.results) {
            const { artifactLocation } = result.locations[0].physicalLocation;
            expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
            if (artifactLocation.index === undefined) continue;
            expect(run.artifacts[artifactLocation.index]?.location.uri).toBe(artifactLocation.uri);
          }
        }
      }),
    );
  });

  test('no path leaves the root, names a host or has a scheme', () => {
    const root = new URL('file:///srv/root/');
    fc.assert(
      fc.property(anyVerification, (verification) => {
        for (const { uri } of urisOf(toSarif(verification, SUBJECT))) {
          const url = new URL(uri, root);
          expect(url.href.startsWith(root.href) && url.href.length > root.href.length).toBe(true);
          expect([url.search, url.hash]).toEqual(['', '']);
        }
      }),
    );
  });

  test('a path is encoded, so that its characters are its own', () => {
    const path = 'a b/ü#1/100%?.ts';
    const result = resultOf(
      aCleanVerification({
        findings: [aFinding(1, { location: { path, line: 4, resource: null } })],
      }),
    );
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b/%C3%BC%231/100%25%3F.ts', uriBaseId: '%SRCROOT%', index: 0 },
      region: { startLine: 4 },
    });
  });

  test('a finding about the whole deployment has a location, because GitHub takes none without', () => {
    const result = resultOf(aCleanVerification({ findings: [aFinding(1, { location: null })] }));
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^\(no%20file/);
  });

  test('a title that reads as a link or a placeholder is text', () => {
    const title = 'see [here](https://evil.example) {0}';
    const result = resultOf(aCleanVerification({ findings: [aFinding(1, { title, fix: null })] }));
    expect(result.message.text).toBe('see \\[here\\](https://evil.example) {{0}}');
  });

  test('what is suppressed is a result with an external suppression, its reason and its end', () => {
    const suppressed = runOf(aRichVerification(), 'secrets').results[1]!;
    expect(suppressed.suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification:
          'false-positive: a made-up password of a test (alice, until 2026-12-23T10:00:00.000Z)',
        properties: expect.objectContaining({ reason: 'false-positive' }) as unknown,
      },
    ]);
    expect(runOf(aRichVerification(), 'secrets').results[0]).not.toHaveProperty('suppressions');
  });

  test.each([
    ['partial', false],
    ['failed', false],
    ['timed-out', false],
    ['unavailable', false],
    ['completed', true],
    ['not-applicable', true],
  ] as const)('a scan that is %s: executionSuccessful is %s', (status, successful) => {
    const scans = [aScan('secrets', { status, reason: 'because' })];
    const invocation = firstOf(runOf(aCleanVerification({ scans }), 'secrets').invocations);
    expect(invocation.executionSuccessful).toBe(successful);
    const ids = invocation.toolExecutionNotifications.map(({ descriptor }) => descriptor.id);
    expect(ids.includes('scan-incomplete')).toBe(!successful);
  });

  test('a completed scan that missed its probe or left something out did not succeed', () => {
    const missed = aScan('secrets', { probe: 'miss' });
    const short = aScan('secrets', { covered: 3, total: 4 });
    for (const scan of [missed, short]) {
      const invocation = firstOf(
        runOf(aCleanVerification({ scans: [scan] }), 'secrets').invocations,
      );
      expect(invocation.executionSuccessful).toBe(false);
    }
  });

  test('two tools for one scanner are one run with two invocations: GitHub takes a category once', () => {
    const other = aScan('secrets', { status: 'failed', reason: 'it ended' });
    const run = runOf(aCleanVerification({ scans: [aScan('secrets'), other] }), 'secrets');
    expect(run.invocations.map((each) => each.executionSuccessful)).toEqual([true, false]);
    expectValid(toSarif(aCleanVerification({ scans: [aScan('secrets'), other] }), SUBJECT));
  });

  test('paths that are the same once encoded are one artifact', () => {
    const findings = ['a/b', './a/b', 'a//b'].map((path, index) =>
      aFinding(index, { location: { path, line: 1, resource: null } }),
    );
    const verification = aCleanVerification({ findings });
    expect(runOf(verification, 'secrets').artifacts).toHaveLength(1);
    expectValid(toSarif(verification, SUBJECT));
  });

  test('what could not be looked at is told, at most two hundred of it one by one', () => {
    const skipped = Array.from({ length: 205 }, (_, index) => ({
      target: `file-${index}`,
      reason: 'too large',
      allowed: false,
    }));
    const scans = [aScan('secrets', { status: 'partial', reason: 'x', skipped })];
    const invocation = firstOf(runOf(aCleanVerification({ scans }), 'secrets').invocations);
    const told = invocation.toolExecutionNotifications;
    expect(told).toHaveLength(1 + 200 + 1);
    expect(told.at(-1)?.message.text).toBe('5 more targets skipped');
  });

  test('security-severity turns back into the severity, and keeps the score where it agrees', () => {
    const cases = [
      ['critical', null, '9.5'],
      ['high', null, '8.0'],
      ['medium', null, '5.5'],
      ['low', null, '2.0'],
      ['info', null, '0.0'],
      ['high', 7.2, '7.2'],
      // An override is the last word.
      ['low', 9.8, '2.0'],
      // Rounding may not lift a score into the next band.
      ['high', 8.96, '8.9'],
    ] as const;
    for (const [severity, cvss, expected] of cases) {
      const verification = aCleanVerification({ findings: [aFinding(1, { severity, cvss })] });
      const [rule] = runOf(verification, 'secrets').tool.driver.rules;
      expect(rule?.properties['security-severity']).toBe(expected);
      expect(rule?.properties['tags']).toContain('security');
    }
  });

  test('a rule is as severe as the worst that it found', () => {
    const findings = [aFinding(1, { severity: 'low' }), aFinding(2, { severity: 'critical' })];
    const { rules } = runOf(aCleanVerification({ findings }), 'secrets').tool.driver;
    expect(rules).toHaveLength(1);
    expect(rules[0]?.defaultConfiguration.level).toBe('error');
  });

  test('a run has at most as many results as GitHub takes, the worst, and says what is left out', () => {
    const findings = Array.from({ length: 25_001 }, (_, index) =>
      aFinding(index, { severity: index === 25_000 ? 'critical' : 'low' }),
    );
    const run = runOf(aCleanVerification({ findings }), 'secrets');
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0]?.properties['severity']).toBe('critical');
    expect(run.invocations[0]!.toolExecutionNotifications.at(-1)?.message.text).toBe(
      '1 further result left out; the JSON report has all',
    );
  });

  test('a broken validator is a run that did not succeed', () => {
    const invocation = firstOf(toSarif(aRichVerification(), SUBJECT).runs.at(-1)!.invocations);
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications[0]?.message.text).toBe(
      'assets broke: its thread ended',
    );
  });
});

/** The shapes of ours are those that other programs know: this compiles. */
type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;

function typed(log: SarifLog): Log {
  return log as Writable<SarifLog>;
}

function runOf(verification: Verification, scanner: string): SarifRun {
  const { runs } = toSarif(verification, SUBJECT);
  return runs.find(({ automationDetails }) => automationDetails.id === `belay/${scanner}/`)!;
}

function firstOf<T>(all: readonly T[]): T {
  expect(all.length).toBeGreaterThan(0);
  return all[0]!;
}

function resultOf(verification: Verification): SarifResult {
  return runOf(verification, 'secrets').results[0]!;
}

function urisOf({ runs }: SarifLog): readonly { readonly uri: string }[] {
  return runs.flatMap(({ artifacts, results }) => [
    ...artifacts.map(({ location }) => location),
    ...results.map(({ locations }) => locations[0].physicalLocation.artifactLocation),
  ]);
}

function expectValid(log: SarifLog): void {
  valid(JSON.parse(JSON.stringify(log)));
  expect(valid.errors ?? []).toEqual([]);
}

/** Draft 4 as draft 7: the two differ for this file in the name of `id`, and in what errata 01 adds to a region. */
function schemaOf(name: string): ValidateFunction {
  const file = join(__dirname, '..', '..', 'fixtures', 'schemas', name);
  const {
    id: _,
    $schema: __,
    ...schema
  } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly id: string;
    readonly $schema: string;
    readonly definitions: { region: object };
  };
  schema.definitions.region = {
    ...schema.definitions.region,
    anyOf: [
      { required: ['startLine'] },
      { required: ['charOffset'] },
      { required: ['byteOffset'] },
    ],
  };
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(schema);
}
