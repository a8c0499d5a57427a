import { errorOf, expectRefusal, MINIMAL, parse, problemsOf } from './support';
import type { Wrong } from './support';

const wrong: readonly Wrong[] = [
  {
    what: 'a mistyped key',
    text: 'service: shop\nrollbackCriteria:\n  automatic:\n    - metric: error_rate\n      treshold: 5\n      duration: 60\n',
    line: 5,
    column: 7,
    path: 'rollbackCriteria.automatic[0].treshold',
    rule: /not a key that Belay knows here/,
    suggestion: 'Did you mean `threshold`?',
  },
  {
    what: 'a mistyped key at the top',
    text: 'service: shop\nlisten: 8080\nrolbackWindow: 900\n',
    line: 3,
    column: 1,
    path: 'rolbackWindow',
    rule: /not a key/,
    suggestion: 'Did you mean `rollbackWindow`?',
  },
  {
    what: 'a key in snake case',
    text: 'service: shop\nrollback_window: 900\n',
    line: 2,
    rule: /not a key/,
    suggestion: 'Did you mean `rollbackWindow`?',
  },
  {
    what: 'a key that nothing resembles',
    text: 'service: shop\nhealth:\n  path: /health\n  colour: red\n',
    line: 4,
    rule: /not a key/,
    suggestion: 'Known here: `path`, `interval`, `timeout`, `healthyAfter`, `unhealthyAfter`.',
  },
  {
    what: 'a key that belongs elsewhere',
    text: 'service: shop\napprovers: [ada]\n',
    line: 2,
    rule: /not a key/,
    suggestion: '`approvers` belongs under `deploymentPipeline.deployment.environments`.',
  },
  {
    what: 'a success threshold as a fraction',
    text: 'canary:\n  successThreshold: 0.995\n',
    line: 2,
    column: 21,
    path: 'canary.successThreshold',
    rule: /percentage/,
    suggestion: 'Did you mean `99.5`?',
  },
  {
    what: 'an availability as a fraction',
    text: 'rollbackCriteria:\n  automatic:\n    - metric: availability\n      threshold: 0.95\n      duration: 30\n',
    line: 4,
    rule: /percentage/,
    suggestion: 'Did you mean `95`?',
  },
  {
    what: 'a coverage gate as a fraction',
    text: 'qualityGates:\n  build:\n    - name: Unit Test Coverage\n      threshold: 0.8\n',
    line: 4,
    rule: /percentage/,
    suggestion: 'Did you mean `80`?',
  },
  {
    what: 'the coverage of the pipeline as a fraction',
    text: 'deploymentPipeline:\n  testing:\n    unitTests: { coverage: 0.8 }\n',
    line: 3,
    rule: /percentage/,
    suggestion: 'Did you mean `80`?',
  },
  {
    what: 'a percentage above 100',
    text: 'rollbackCriteria:\n  manual:\n    - { metric: error_rate, threshold: 500, duration: 60 }\n',
    line: 3,
    rule: /percentage from 0 to 100/,
  },
  {
    what: 'a criterion shorter than its metric source can see',
    text: 'rollbackCriteria:\n  automatic:\n    - metric: error_rate\n      threshold: 5\n      duration: 1\n',
    line: 5,
    rule: /1 s resolution \+ 1 s lag = 2 s/,
    suggestion: 'Write at least `2`.',
  },
  {
    what: 'an evaluation period shorter than the metric source can see',
    text: 'canary:\n  evaluationPeriod: 1\n',
    line: 2,
    rule: /1 s resolution \+ 1 s lag = 2 s/,
    suggestion: 'Write at least `2`.',
  },
  {
    what: 'a mistyped metric',
    text: 'rollbackCriteria:\n  automatic:\n    - metric: eror_rate\n      threshold: 5\n      duration: 60\n',
    line: 3,
    rule: /no metric that Belay knows: `eror_rate`/,
    suggestion: 'Did you mean `error_rate`?',
  },
  {
    what: 'a metric that nothing resembles',
    text: 'rollbackCriteria:\n  automatic:\n    - { metric: happiness, threshold: 5, duration: 60 }\n',
    line: 3,
    rule: /no metric/,
    suggestion: /a name of your own begins with `custom_`/,
  },
  {
    what: 'the same listen in two environments',
    text: [
      'deploymentPipeline:',
      '  deployment:',
      '    environments:',
      '      - name: staging',
      '        listen: 8081',
      '      - name: production',
      '        listen: 8081',
      '',
    ].join('\n'),
    line: 7,
    path: 'deploymentPipeline.deployment.environments[1].listen',
    rule: /gives "production" the port 8081, which "staging" has/,
    suggestion: /such as `8082`/,
  },
  {
    what: "an environment's listen that another takes from the top",
    text: [
      'listen: 8080',
      'deploymentPipeline:',
      '  deployment:',
      '    environments:',
      '      - { name: staging, listen: 8080 }',
      '      - { name: production }',
      '',
    ].join('\n'),
    line: 6,
    rule: /gives "production" the port 8080, which "staging" has/,
  },
  {
    what: 'two environments of one name',
    text: 'deploymentPipeline:\n  deployment:\n    environments:\n      - name: live\n      - name: live\n',
    line: 5,
    rule: /second environment called "live"/,
  },
  {
    what: 'a quorum that cannot be reached',
    text: 'deploymentPipeline:\n  deployment:\n    environments:\n      - { name: live, approvers: [ada], quorum: 2 }\n',
    line: 4,
    rule: /2 approvals, and there are 1 approvers/,
  },
  {
    what: 'a shell line as the command',
    text: 'run: node server.js\n',
    line: 1,
    rule: /must be a list, not "node server\.js"/,
    suggestion: 'Write a list: `[node, server.js]`.',
  },
  { what: 'an empty command', text: 'run: []\n', line: 1, rule: /must not be empty/ },
  {
    what: 'a number in quotes',
    text: 'listen: "8080"\n',
    line: 1,
    column: 9,
    rule: /must be a number, not "8080"/,
    suggestion: 'Write `8080`, without quotes or a sign.',
  },
  {
    what: 'a duration with a unit',
    text: 'rollbackWindow: 15m\n',
    line: 1,
    rule: /must be a number/,
    suggestion: 'Durations are numbers of seconds: write `900`.',
  },
  {
    what: 'a word for true',
    text: 'qualityGates:\n  build:\n    - name: Build Time\n      threshold: 5\n      blocking: yes\n',
    line: 5,
    rule: /must be true or false, not "yes"/,
    suggestion: 'Write `true`.',
  },
  { what: 'a port that cannot be', text: 'listen: 70000\n', line: 1, rule: /at most 65535/ },
  { what: 'no instance at all', text: 'instances: 0\n', line: 1, rule: /at least 1/ },
  { what: 'half an instance', text: 'instances: 1.5\n', line: 1, rule: /whole number, not 1\.5/ },
  {
    what: 'a key without a value',
    text: 'service:\nlisten: 8080\n',
    line: 1,
    rule: /must be text, not empty/,
  },
  {
    what: 'a service with a slash',
    text: 'service: a/b\n',
    line: 1,
    rule: /small letters, digits/,
  },
  {
    what: 'an infinite duration',
    text: 'drain: .inf\n',
    line: 1,
    rule: /must be a number/,
  },
  {
    what: 'a mistyped strategy',
    text: 'deploymentPipeline:\n  deployment:\n    strategy: blue-gren\n',
    line: 3,
    rule: /must be `blue-green` or `canary` or `rolling` or `recreate`, not "blue-gren"/,
    suggestion: 'Did you mean `blue-green`?',
  },
  {
    what: 'a criterion without its duration',
    text: 'rollbackCriteria:\n  automatic:\n    - metric: error_rate\n      threshold: 5\n',
    line: 3,
    path: 'rollbackCriteria.automatic[0].duration',
    rule: /is missing/,
    suggestion: 'It must be a number.',
  },
  {
    what: 'canary weights that fall',
    text: 'canary:\n  steps:\n    - { weight: 20, bake: 5 }\n    - { weight: 10, bake: 5 }\n',
    line: 4,
    rule: /does not rise: 10 after 20/,
  },
  {
    what: 'steps beside the loop of the specification',
    text: 'canary:\n  steps: [{ weight: 20, bake: 5 }]\n  initialTraffic: 5\n',
    line: 3,
    rule: /cannot stand beside `steps`/,
  },
  {
    what: 'a bake that is neither a number nor limits',
    text: 'canary:\n  steps:\n    - { weight: 20, bake: [5] }\n',
    line: 3,
    rule: /must be a number or a mapping, not a list/,
  },
  {
    what: 'a mistyped key inside the limits of a bake',
    text: 'canary:\n  steps:\n    - weight: 20\n      bake: { least: 5, longst: 20 }\n',
    line: 4,
    column: 25,
    rule: /not a key/,
    suggestion: 'Did you mean `longest`?',
  },
  {
    what: 'a longest time below the least',
    text: 'verify: { least: 60, longest: 30 }\n',
    line: 1,
    column: 31,
    rule: /shorter than `least`/,
  },
  {
    what: 'a gate whose name says nothing',
    text: 'qualityGates:\n  build:\n    - name: Build Sucess\n      threshold: 100\n',
    line: 3,
    rule: /does not say what the gate measures: "Build Sucess"/,
    suggestion: /Did you mean "Build Success"\?/,
  },
  {
    what: 'half a vulnerability',
    text: 'qualityGates:\n  security:\n    - { name: High Vulnerabilities, threshold: 0.5 }\n',
    line: 3,
    rule: /is a count/,
  },
  {
    what: 'a blocking gate that may be skipped',
    text: 'qualityGates:\n  build:\n    - name: Build Success\n      threshold: 100\n      blocking: true\n      onMissing: skip\n',
    line: 6,
    rule: /is no gate/,
    suggestion: /Write `warn`/,
  },
  {
    what: 'two gates of one name',
    text: 'qualityGates:\n  build:\n    - { name: Build Time, threshold: 5 }\n  performance:\n    - { name: build time, threshold: 6 }\n',
    line: 5,
    rule: /used by two gates/,
  },
  {
    what: 'a group of gates that is not of the specification',
    text: 'qualityGates:\n  securty: []\n',
    line: 2,
    rule: /not a key/,
    suggestion: 'Did you mean `security`?',
  },
  {
    what: 'an unknown kind of compute',
    text: 'infrastructure:\n  provider: aws\n  compute:\n    - type: lambda\n',
    line: 4,
    rule: /must be `ec2` or `ecs`, not "lambda"/,
  },
  { what: 'PORT in the environment', text: 'env:\n  PORT: 80\n', line: 2, rule: /set by Belay/ },
  {
    what: 'a variable with a dash',
    text: 'env:\n  LOG-LEVEL: debug\n',
    line: 2,
    column: 3,
    rule: /letters, digits and underscores/,
  },
  {
    what: 'a secret that stands in plain text',
    text: 'env: { TOKEN: x }\nsecrets: [TOKEN]\n',
    line: 2,
    rule: /which `env` sets in plain text/,
  },
  {
    what: 'a dependency without a scheme',
    text: 'dependsOn: ["db:5432"]\n',
    line: 1,
    rule: /tcp:\/\/host:port/,
  },
  {
    what: 'an artifact behind an address',
    text: 'artifact: https://example.com/shop.tgz\n',
    line: 1,
    rule: /deploys folders only/,
    suggestion: /Name the folder/,
  },
];

describe('a wrong belay.yaml', () => {
  test.each(wrong)('with $what is refused at its line', (input) => {
    expectRefusal(input);
  });

  test('has all its problems reported at once, in the order of the file', () => {
    const problems = problemsOf(
      [
        'servce: shop',
        'listen: "8080"',
        'rollbackCriteria:',
        '  automatic:',
        '    - { metric: availability, threshold: 0.95, duration: 30 }',
        '    - { metric: error_rate, threshold: 5, duration: 1 }',
        'deploymentPipeline:',
        '  deployment:',
        '    environments:',
        '      - { name: staging, listen: 8081 }',
        '      - { name: production, listen: 8081, aprovers: [ada] }',
        '',
      ].join('\n'),
    );
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 5, 6, 11, 11]);
  });

  test('with very many problems shows the first ones and counts the rest', () => {
    const { message, details } = errorOf(() =>
      parse(Array.from({ length: 60 }, (_, index) => `x${index}: 1`).join('\n')),
    );
    expect(message.split('\n')).toHaveLength(42);
    expect(message).toContain('and 20 more');
    expect(details['problems']).toHaveLength(60);
  });

  test('is told about in a message that names file, line, rule and way out', () => {
    const { message, next } = errorOf(() => parse(`${MINIMAL}rollbackWindw: 900\n`));
    expect(message).toBe(
      'belay.yaml has one problem; nothing was started.\n' +
        '  belay.yaml:7:1: `rollbackWindw` is not a key that Belay knows here. Did you mean `rollbackWindow`?',
    );
    expect(next).toContain('docs/configuration/README.md');
  });
});
