import { SCANNERS, VALIDATORS, type ScannerName } from '../../src/domain/checks/catalog';
import type { DeploymentFacts } from '../../src/domain/checks/facts';
import type { Inventory } from '../../src/domain/checks/inventory';
import type { CheckPolicy } from '../../src/domain/checks/policy';
import type { ScanReport } from '../../src/domain/checks/scan-report';
import { UNKNOWN_TOOL } from '../../src/domain/checks/scan-reports';
import type { ValidatorReport } from '../../src/domain/checks/validation';
import type { CheckTools } from '../../src/ports/check-tools';
import type { Scanner } from '../../src/ports/scanner';
import type { TestRunner } from '../../src/ports/test-runner';
import type { Validator } from '../../src/ports/validator';

/** What a request carries that says nothing about its checks. */
export const POLICY: CheckPolicy = {
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
};

export const FACTS: DeploymentFacts = {
  service: null,
  environment: null,
  command: null,
  env: {},
  secrets: [],
  health: null,
  listen: null,
  instances: null,
  approvalRequired: false,
  infrastructure: null,
  envNames: {},
};

export const INVENTORY: Inventory = {
  digest: `sha256:${'0'.repeat(64)}`,
  files: [
    {
      path: 'server.js',
      bytes: 2,
      sha256: '0'.repeat(64),
      executable: false,
      kind: 'javascript',
    },
  ],
  links: [],
  unlisted: [],
  leftOut: [],
};

export function aScan(scanner: ScannerName, changes: Partial<ScanReport> = {}): ScanReport {
  return {
    scanner,
    status: 'completed',
    reason: null,
    tool: UNKNOWN_TOOL,
    covered: 1,
    total: 1,
    skipped: [],
    probe: 'hit',
    findings: [],
    durationMs: 1,
    cached: false,
    ...changes,
  };
}

export function aValidation(
  validator: (typeof VALIDATORS)[number],
  changes: Partial<ValidatorReport> = {},
): ValidatorReport {
  return {
    validator,
    passed: true,
    severity: null,
    error: null,
    problems: [],
    problemCount: 0,
    covered: 1,
    total: 1,
    skipped: [],
    durationMs: 1,
    cached: false,
    ...changes,
  };
}

export interface FakeTools {
  readonly scan?: (scanner: ScannerName) => ScanReport;
  readonly tests?: Partial<TestRunner>;
  readonly inventory?: Inventory;
}

/** Tools that look at nothing and say what they are told to say: by default, that all is well. */
export function fakeCheckTools({
  scan = aScan,
  tests,
  inventory = INVENTORY,
}: FakeTools = {}): CheckTools {
  return {
    inventory: async () => inventory,
    validators: VALIDATORS.map(validatorOf),
    scanners: SCANNERS.map((name): Scanner => ({
      name,
      identity: async () => name,
      scan: async () => scan(name),
    })),
    tests: { build: async () => null, test: async () => null, ...tests },
    cache: { get: async () => null, put: async () => undefined },
    bill: async () => ({ bomFormat: 'CycloneDX' }),
  };
}

function validatorOf(name: (typeof VALIDATORS)[number]): Validator {
  return { name, identity: async () => name, validate: async () => aValidation(name) };
}
