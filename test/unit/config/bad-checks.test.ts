import { expectRefusal } from './support';
import type { Wrong } from './support';

const gate = (rest: string): string => `qualityGates:\n  build:\n    - { ${rest} }\n`;
const build = (rest: string): string => `deploymentPipeline:\n  build:\n    ${rest}\n`;
const testing = (rest: string): string => `deploymentPipeline:\n  testing:\n    ${rest}\n`;
const security = (rest: string): string => `deploymentPipeline:\n  security:\n    ${rest}\n`;

const wrongGates: readonly Wrong[] = [
  {
    what: 'a mistyped threshold',
    text: gate('name: Build Time, treshold: 5'),
    line: 3,
    rule: /not a key/,
    suggestion: 'Did you mean `threshold`?',
  },
  {
    what: 'a threshold that is a word',
    text: gate('name: Build Time, threshold: fast'),
    line: 3,
    rule: /must be a number or a mapping, not "fast"/,
  },
  {
    what: 'a score above 100',
    text: gate('name: Security Score, threshold: 500'),
    line: 3,
    rule: /score from 0 to 100/,
  },
  {
    what: 'a relative threshold without a sign that helps',
    text: gate("name: Build Time, threshold: { relativeToPrevious: '-10%' }"),
    line: 3,
    rule: /better than the one before/,
    suggestion: 'Did you mean `+10%`?',
  },
  {
    what: 'a coverage that must always rise',
    text: gate("name: Unit Test Coverage, threshold: { relativeToPrevious: '+5%' }"),
    line: 3,
    rule: /better than the one before/,
    suggestion: 'Did you mean `-5%`?',
  },
  {
    what: 'a relative threshold that is a number',
    text: gate('name: Build Time, threshold: { relativeToPrevious: 10 }'),
    line: 3,
    rule: /a change in percent/,
    suggestion: "Write it as `relativeToPrevious: '+10%'`.",
  },
  {
    what: 'a mistyped key in a relative threshold',
    text: gate("name: Build Time, threshold: { relativeToPrevius: '+10%' }"),
    line: 3,
    rule: /not a key/,
    suggestion: 'Did you mean `relativeToPrevious`?',
  },
  {
    what: 'a warning on the wrong side of the least',
    text: gate('name: Unit Test Coverage, threshold: 80, warnAt: 70'),
    line: 3,
    rule: /would never warn/,
    suggestion: 'Write a number above 80, or remove it.',
  },
  {
    what: 'a warning on the wrong side of the most',
    text: gate('name: High Vulnerabilities, threshold: 5, warnAt: 5'),
    line: 3,
    rule: /would never warn/,
    suggestion: 'Write a number below 5, or remove it.',
  },
  {
    what: 'a warning as a fraction',
    text: gate('name: Unit Test Coverage, threshold: 80, warnAt: 0.9'),
    line: 3,
    rule: /percentage/,
    suggestion: 'Did you mean `90`?',
  },
  {
    what: 'a warning beside a threshold that moves',
    text: gate("name: Build Time, threshold: { relativeToPrevious: '+10%' }, warnAt: 5"),
    line: 3,
    rule: /a threshold that moves/,
  },
  {
    what: 'new findings of a metric that counts none',
    text: gate('name: Build Time, threshold: 5, scope: new'),
    line: 3,
    rule: /counts no findings/,
    suggestion: /critical_vulnerabilities/,
  },
  {
    what: 'a gate of an environment that is not there',
    text: `${gate('name: Build Time, threshold: 5, environments: [prodution]')}deploymentPipeline: { deployment: { environments: [{ name: production }] } }\n`,
    line: 3,
    path: 'qualityGates.build[0].environments[0]',
    rule: /no environment of this file/,
    suggestion: 'Did you mean `production`?',
  },
];

const wrongTests: readonly Wrong[] = [
  {
    what: 'a build command as a shell line',
    text: build('command: npm run build'),
    line: 3,
    rule: /must be a list/,
    suggestion: 'Write a list: `[npm, run, build]`.',
  },
  {
    what: 'a shell line in a list',
    text: build('command: ["npm run build"]'),
    line: 3,
    rule: /no shell takes it apart/,
    suggestion: 'Write a list: `[npm, run, build]`.',
  },
  {
    what: 'a syntax command that is given no files',
    text: build('syntax: [{ files: "**/*.py", command: [ruff] }]'),
    line: 3,
    rule: /names no `\{files\}`/,
  },
  {
    what: 'files that no path is called',
    text: build('syntax: [{ files: "./src/**/*.py", command: [ruff, "{files}"] }]'),
    line: 3,
    rule: /seen from the root/,
    suggestion: 'Write `src/**/*.py`.',
  },
  {
    what: 'files outside of what is checked',
    text: build('syntax: [{ files: "../*.py", command: [ruff, "{files}"] }]'),
    line: 3,
    rule: /seen from the root/,
  },
  {
    what: 'a test command without a report',
    text: testing('unitTests: { command: [npm, test] }'),
    line: 3,
    rule: /an exit code does not say that a test ran/,
    suggestion: /JUnit/,
  },
  {
    what: 'a report that no command writes',
    text: testing('integrationTests: { report: it.xml }'),
    line: 3,
    rule: /any day and any commit/,
    suggestion: /`belay evidence`/,
  },
  {
    what: 'a coverage that nothing measures',
    text: testing('unitTests: { command: [npm, test], report: j.xml, coverage: 80 }'),
    line: 3,
    rule: /nothing measures/,
    suggestion: /coverageReport/,
  },
  {
    what: 'data that nothing brings',
    text: testing('integrationTests: { command: [it], report: j.xml, dataSeeding: true }'),
    line: 3,
    rule: /no `seed` says which command/,
    suggestion: /dataSeeding: false/,
  },
  {
    what: 'integration tests in no environment',
    text: testing('integrationTests: { command: [it], report: j.xml, environments: [] }'),
    line: 3,
    rule: /must not be empty/,
  },
];

const wrongSecurity: readonly Wrong[] = [
  {
    what: 'a switch of a scanner that has none',
    text: security('dependencyScanning: false'),
    line: 3,
    rule: /not a key/,
  },
  {
    what: 'a source with a password in it',
    text: security('advisories: "https://ada:pass@osv.internal/v1"'),
    line: 3,
    rule: /a name or a password/,
  },
  {
    what: 'a source over another protocol',
    text: security('advisories: "ftp://osv.internal/all.zip"'),
    line: 3,
    rule: /https:\/\//,
  },
  {
    what: 'a licence that is allowed and denied',
    text: security('licences: { allow: [MIT], deny: [MIT] }'),
    line: 3,
    rule: /denies `MIT`, which `allow` names/,
  },
  {
    what: 'a registry as an address',
    text: security('registries: ["https://npm.internal:8443/path"]'),
    line: 3,
    rule: /name of a host/,
    suggestion: 'Write `npm.internal:8443`.',
  },
  {
    what: 'a severity that is none',
    text: security('severities: { dockerfile/root-user: mild }'),
    line: 3,
    rule: /must be `critical` or/,
  },
  {
    what: 'an incomplete scan made harmless',
    text: security('severities: { scan-incomplete/secrets: info }'),
    line: 3,
    rule: /always critical/,
  },
  {
    what: 'a tool without command and file',
    text: security('tools: [{ name: trivy, scanner: container }]'),
    line: 3,
    rule: /neither a `command` nor a `sarif`/,
  },
  {
    what: 'a tool with both',
    text: security('tools: [{ name: t, scanner: container, command: ["{report}"], sarif: x }]'),
    line: 3,
    rule: /either Belay runs the tool/,
  },
  {
    what: 'a tool that writes no report',
    text: security('tools: [{ name: t, scanner: container, command: [trivy, fs] }]'),
    line: 3,
    rule: /names no `\{report\}`/,
  },
  {
    what: 'a tool that the checked folder could bring',
    text: security(
      'tools: [{ name: t, scanner: container, command: [./node_modules/.bin/t, "{report}"] }]',
    ),
    line: 3,
    rule: /not absolute/,
  },
  {
    what: 'a digest of a file that another machine wrote',
    text: security(`tools: [{ name: t, scanner: secrets, sarif: x, sha256: ${'ab'.repeat(32)} }]`),
    line: 3,
    rule: /is about a `command`/,
  },
  {
    what: 'two tools of one name',
    text: security(
      'tools: [{ name: t, scanner: secrets, sarif: x }, { name: t, scanner: container, sarif: y }]',
    ),
    line: 3,
    rule: /second tool called "t"/,
  },
];

describe('a wrong belay.yaml', () => {
  test.each([...wrongGates, ...wrongTests, ...wrongSecurity])(
    'with $what is refused at its line',
    (input) => {
      expectRefusal(input);
    },
  );
});
