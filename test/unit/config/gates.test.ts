import { MINIMAL, parse } from './support';

const security = (switches: string): string =>
  `${MINIMAL}deploymentPipeline: { security: { ${switches} } }\n`;
const named = (text: string) => parse(text).gates.map(({ name }) => name);

describe('gates without a block', () => {
  test('are the three security gates of the specification', () => {
    expect(
      parse(MINIMAL).gates.map(({ metric, threshold, blocking, onMissing }) => [
        metric,
        threshold,
        blocking,
        onMissing,
      ]),
    ).toEqual([
      ['critical_vulnerabilities', { kind: 'absolute', value: 0 }, true, 'fail'],
      ['high_vulnerabilities', { kind: 'absolute', value: 5 }, true, 'fail'],
      ['secrets', { kind: 'absolute', value: 0 }, true, 'fail'],
    ]);
  });

  test('leave out what a switched-off scanner would count, and a note says so', () => {
    expect(named(security('secretDetection: false'))).toEqual([
      'Critical Vulnerabilities',
      'High Vulnerabilities',
    ]);
    expect(named(security('vulnerabilityScanning: false'))).toEqual(['Secret Detection']);
    expect(named(security('containerScanning: false'))).toHaveLength(3);
    expect(parse(security('secretDetection: false')).notes.join()).toContain(
      'The secrets scanner is switched off',
    );
  });
});

test('a gate that can never be measured is named', () => {
  const text = `${security('secretDetection: false')}qualityGates:
  security:
    - { name: Secret Detection, threshold: 0 }
    - { name: Keys, metric: secrets, threshold: 0, onMissing: warn }
`;
  const notes = parse(text).notes.join('\n');
  expect(notes).toContain(
    'The gate "Secret Detection" needs a scanner that the file switches off: it blocks',
  );
  expect(notes).toContain(
    'The gate "Keys" needs a scanner that the file switches off: it only says so',
  );
});

test('a gate on the score that a switched-off scanner leaves unmeasured is named', () => {
  const text = `${security('containerScanning: false')}qualityGates:
  security:
    - { name: Security Score, threshold: 80 }
    - { name: Critical Vulnerabilities, threshold: 0 }
`;
  const notes = parse(text).notes.join('\n');
  expect(notes).toContain(
    'The gate "Security Score" needs a scanner that the file switches off: it blocks',
  );
  expect(notes).not.toContain('"Critical Vulnerabilities"');
});

describe('the coverage of the unit tests', () => {
  const unit = (rest: string, gates = '') =>
    `${MINIMAL}${gates}deploymentPipeline: { testing: { unitTests: { coverage: 75${rest} } } }\n`;
  const run = ', command: [npm, test], report: junit.xml, coverageReport: lcov.info';

  test('is a blocking gate of its own where it is measured', () => {
    expect(parse(unit(run)).gates.at(-1)).toMatchObject({
      name: 'Unit Test Coverage',
      metric: 'unit_test_coverage',
      threshold: { kind: 'absolute', value: 75 },
      blocking: true,
      onMissing: 'fail',
    });
  });

  test('is none where nothing measures it, or where there is a gate', () => {
    expect(named(unit(''))).toHaveLength(3);
    const gates = 'qualityGates: { build: [{ name: Code Coverage, threshold: 60 }] }\n';
    expect(named(unit(run, gates))).toEqual(['Code Coverage']);
  });

  test('is one where evidence of CI measures it', () => {
    const text = `${MINIMAL}deploymentPipeline:\n  testing: { unitTests: { coverage: 75 }, evidence: [e.json] }\n`;
    expect(named(text)).toContain('Unit Test Coverage');
  });
});

test('a gate says all that it can', () => {
  const text = `${MINIMAL}qualityGates:
  performance:
    - { name: Slower, metric: build_time, threshold: { relativeToPrevious: '+10%' }, onMissing: skip }
    - { name: Coverage, metric: unit_test_coverage, threshold: { relativeToPrevious: '-2.5%' } }
    - { name: High Vulnerabilities, threshold: 5, warnAt: 2, scope: new, environments: [default] }
deploymentPipeline: { deployment: { environments: [{ name: default }] } }
`;
  expect(parse(text).gates).toMatchObject([
    { threshold: { kind: 'relative', changePercent: 10 }, onMissing: 'skip', warnAt: null },
    { threshold: { kind: 'relative', changePercent: -2.5 }, onMissing: 'fail', scope: 'all' },
    { threshold: { value: 5 }, warnAt: 2, scope: 'new', environments: ['default'] },
  ]);
});

test.each([
  ['Unit Test Pass Rate', 'unit_test_pass_rate'],
  ['Medium Vulnerabilities', 'medium_vulnerabilities'],
  ['Compliance Violations', 'compliance_violations'],
  ['Scan Coverage', 'scan_coverage'],
  ['Security Score', 'security_score'],
])('the name %s says its metric', (name, metric) => {
  const text = `${MINIMAL}qualityGates: { build: [{ name: ${name}, threshold: 50 }] }\n`;
  expect(parse(text).gates).toMatchObject([{ metric }]);
});
