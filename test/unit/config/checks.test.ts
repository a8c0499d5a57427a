import { checksOf, defaultChecks } from '../../../src/config/checks';
import { requestFor } from '../../../src/config/assemble-request';
import { errorOf, MINIMAL, parse, SEED } from './support';

const pipeline = (text: string): string => `${MINIMAL}deploymentPipeline:\n${text}`;

describe('the policy of the checks', () => {
  test('holds every default of the smallest file', () => {
    expect(parse(MINIMAL).checks).toEqual({
      parallelJobs: 4,
      cacheEnabled: true,
      scanners: { vulnerabilities: true, secrets: true, compliance: true, container: true },
      build: { command: null, timeoutMs: 600_000 },
      tests: { unit: null, integration: null, evidence: [] },
      advisories: { source: null, maxAgeMs: 604_800_000 },
      dependencies: {
        allowedLicences: [],
        deniedLicences: [],
        allowedInstallScripts: [],
        allowedHosts: [],
      },
      syntaxCommands: [],
      suppressions: [],
      severities: {},
      tools: [],
    });
  });

  test("reads the specification's blocks, which name no command", () => {
    const { checks } = parse(SEED);
    expect(checks).toMatchObject({
      parallelJobs: 4,
      cacheEnabled: true,
      scanners: { vulnerabilities: true, secrets: true, compliance: true, container: true },
      tests: { unit: null, integration: null },
    });
  });

  test('reads what is built and tested, seen from the folder of the file, in ms', () => {
    const text = pipeline(`
  build:
    command: [npm, run, build]
    timeout: 120
    parallelJobs: 2
    cacheEnabled: false
    syntax: [{ files: '**/*.py', command: [python3, -m, py_compile, '{files}'] }]
  testing:
    unitTests:
      command: [npm, test]
      report: reports/junit.xml
      coverageReport: ../coverage/lcov.info
      timeout: 60
      parallel: false
    integrationTests:
      command: [npm, run, it]
      report: /var/reports/it.xml
      seed: [node, seed.js]
      environments: [test, staging]
    evidence: [ci/evidence.json]
`);
    expect(parse(text).checks).toMatchObject({
      parallelJobs: 2,
      cacheEnabled: false,
      build: { command: ['npm', 'run', 'build'], timeoutMs: 120_000 },
      syntaxCommands: [
        {
          files: '**/*.py',
          command: ['python3', '-m', 'py_compile', '{files}'],
          timeoutMs: 60_000,
        },
      ],
      tests: {
        unit: {
          command: ['npm', 'test'],
          timeoutMs: 60_000,
          reportPath: '/srv/shop/reports/junit.xml',
          coveragePath: '/srv/coverage/lcov.info',
          parallel: false,
        },
        integration: {
          command: ['npm', 'run', 'it'],
          timeoutMs: 900_000,
          reportPath: '/var/reports/it.xml',
          seed: ['node', 'seed.js'],
          environments: ['test', 'staging'],
        },
        evidence: ['/srv/shop/ci/evidence.json'],
      },
    });
  });

  test('seeds no data where the file says so, and tests in `test` where it names nothing', () => {
    const text = (seeding: string) =>
      pipeline(
        `  testing: { integrationTests: { command: [it], report: r.xml, seed: [seed]${seeding} } }\n`,
      );
    expect(parse(text('')).checks.tests.integration).toMatchObject({
      seed: ['seed'],
      environments: ['test'],
    });
    expect(parse(text(', dataSeeding: false')).checks.tests.integration?.seed).toBeNull();
  });

  test('reads what the scanners are to know', () => {
    const text = pipeline(`
  security:
    containerScanning: false
    advisories: ./osv.zip
    advisoriesMaxAge: 86400
    licences: { allow: [MIT], deny: [GPL-3.0-only] }
    installScripts: { allow: [esbuild] }
    registries: ['npm.internal:8443']
    severities: { dockerfile/root-user: low }
    tools:
      - { name: gitleaks, scanner: secrets, command: [gitleaks, dir, '{root}', -r, '{report}'], exitCodes: [0, 1], required: false }
      - { name: trivy, scanner: container, sarif: reports/trivy.sarif }
`);
    expect(parse(text).checks).toMatchObject({
      scanners: { container: false },
      advisories: { source: '/srv/shop/osv.zip', maxAgeMs: 86_400_000 },
      dependencies: {
        allowedLicences: ['MIT'],
        deniedLicences: ['GPL-3.0-only'],
        allowedInstallScripts: ['esbuild'],
        allowedHosts: ['npm.internal:8443'],
      },
      severities: { 'dockerfile/root-user': 'low' },
      tools: [
        {
          kind: 'run',
          name: 'gitleaks',
          scanner: 'secrets',
          sha256: null,
          timeoutMs: 300_000,
          exitCodes: [0, 1],
          required: false,
        },
        { kind: 'import', name: 'trivy', path: '/srv/shop/reports/trivy.sarif', required: true },
      ],
    });
  });

  test('takes the address of a source as it is', () => {
    const text = pipeline('  security: { advisories: "https://osv.internal/v1" }\n');
    expect(parse(text).checks.advisories.source).toBe('https://osv.internal/v1');
  });
});

describe('what is known of the deployment', () => {
  const text = `${MINIMAL}
env: { LOG_LEVEL: debug }
secrets: [DB_PASSWORD]
infrastructure: { provider: aws }
deploymentPipeline:
  deployment:
    environments:
      - { name: staging, env: { STAGE: yes-please } }
      - { name: production, instances: 4, approvers: [ada] }
`;

  test('is what runs in the environment, with the names that each environment sets', () => {
    expect(checksOf(parse(text), 'production').facts).toEqual({
      service: 'shop',
      environment: 'production',
      command: ['node', 'server.js'],
      env: { LOG_LEVEL: 'debug' },
      secrets: ['DB_PASSWORD'],
      health: {
        path: '/health',
        intervalMs: 1_000,
        timeoutMs: 2_000,
        healthyAfter: 2,
        unhealthyAfter: 2,
      },
      listen: 8080,
      instances: 4,
      approvalRequired: true,
      infrastructure: { provider: 'aws' },
      envNames: {
        staging: ['DB_PASSWORD', 'LOG_LEVEL', 'STAGE'],
        production: ['DB_PASSWORD', 'LOG_LEVEL'],
      },
    });
  });

  test('is of the first environment where none is named, and of none that the file does not know', () => {
    expect(checksOf(parse(text)).facts.environment).toBe('staging');
    const error = errorOf(() => checksOf(parse(text), 'prod'));
    expect(error.code).toBe('ENVIRONMENT_UNKNOWN');
  });

  test('goes with the request, and so do policy and folder', () => {
    const config = parse(text);
    const request = requestFor(config, { environment: 'staging' });
    expect(request).toMatchObject({
      checks: config.checks,
      facts: checksOf(config, 'staging').facts,
      gates: config.gates,
      configFolder: '/srv/shop',
    });
    expect(JSON.parse(JSON.stringify(request))).toEqual(request);
  });
});

describe('what the file asks for and cannot get', () => {
  const notesOf = (text: string): string => parse(pipeline(text)).notes.join('\n');

  test('is said of tests that nobody runs, and not where CI brings them', () => {
    expect(notesOf('  testing: { unitTests: { timeout: 5 } }\n')).toContain(
      '`testing.unitTests` names no `command`, and there is no `testing.evidence`',
    );
    const brought = '  testing: { unitTests: { timeout: 5 }, evidence: [e.json] }\n';
    expect(notesOf(brought)).not.toContain('testing');
  });

  test('is said of a tool that could be anything', () => {
    const tool = (rest: string) =>
      `  security: { tools: [{ name: t, scanner: secrets, command: [t, '{report}']${rest} }] }\n`;
    expect(notesOf(tool(''))).toContain('t has no `sha256`');
    expect(notesOf(tool(`, sha256: ${'ab'.repeat(32)}`))).not.toContain('sha256');
  });

  test('is said of the days that an artifact is kept', () => {
    expect(notesOf('  build: { artifactRetention: 30d }\n')).toContain('artifactRetention');
    expect(notesOf('  build: { timeout: 30 }\n')).not.toContain('deploymentPipeline.build');
  });
});

test('a folder without a configuration is checked by everything, under the three security gates', () => {
  const { policy, gates, facts } = defaultChecks();
  expect(policy).toEqual(parse(MINIMAL).checks);
  expect(gates).toEqual(parse(MINIMAL).gates);
  expect(facts).toMatchObject({ service: null, environment: null, envNames: {} });
});
