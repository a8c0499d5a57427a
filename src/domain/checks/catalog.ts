/** The checks of phase 1 of the specification, by name. Every deployment runs all of them. */
export const VALIDATORS = ['syntax', 'dependencies', 'configuration', 'assets'] as const;
export const SCANNERS = [
  'vulnerabilities',
  'secrets',
  'dependencies',
  'compliance',
  'container',
] as const;
/** What the project's own tests are called where their results are listed. */
export const TEST_SUITES = ['unit', 'integration'] as const;

export type ValidatorName = (typeof VALIDATORS)[number];
export type ScannerName = (typeof SCANNERS)[number];
export type TestSuite = (typeof TEST_SUITES)[number];

/** The scanners that the specification's `security` block can switch off; `dependencies` has no switch. */
export type SwitchableScanner = Exclude<ScannerName, 'dependencies'>;
