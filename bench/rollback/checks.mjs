/** Everything is checked as by default; the same bytes are looked at once. */
export const checks = {
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

export const facts = {
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
