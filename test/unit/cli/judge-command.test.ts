import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MONITORING } from '../../../src/domain/monitoring/policy';
import {
  aFile,
  aConfig,
  failing,
  windows as fileWindows,
} from '../domain/analysis-file/recordings';
import { FakeCli } from './fake-cli';
import { ROLLED_BACK } from './ledger-samples';
import { aReport, aStep, at } from './report-samples';

let cli: FakeCli;
const { deploymentId } = ROLLED_BACK;

beforeEach(() => {
  cli = new FakeCli();
  cli.away = new Error('a judge needs no Temporal');
});
afterEach(() => {
  cli.remove();
});

const put = (name: string, text: string): void => writeFileSync(join(cli.home, name), text);
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('belay judge FILE', () => {
  const broken = fileWindows(12, (place) => (place >= 4 ? failing(20) : {}));

  test('0, whatever the verdict, with exactly the fields that are documented', async () => {
    put('windows.json', JSON.stringify(aFile(broken)));
    const { code, stdout } = await cli.run('judge', 'windows.json', '--output', 'json');
    expect(code).toBe(0);
    expect(Object.keys(json(stdout))).toEqual([
      ...['schemaVersion', 'mode', 'verdict', 'window', 'rule', 'sentence', 'evidence'],
    ]);
    expect(json(stdout)).toMatchObject({ mode: 'threshold', verdict: 'harm', window: 4 });
  });

  test('says it to people, with each guard', async () => {
    put('windows.json', JSON.stringify(aFile(broken)));
    const { stdout } = await cli.run('judge', 'windows.json');
    expect(stdout).toContain('HARM   guard:automatic/error_rate   window 4 of 12');
    expect(stdout).toContain('automatic/error_rate  breached  20 of 300 requests failed');
  });

  test('keys that this mode does not use are said beside the answer', async () => {
    put('windows.json', JSON.stringify(aFile(broken, aConfig({ alpha: 0.02, tests: [] }))));
    const { stderr, code } = await cli.run('judge', 'windows.json', '--output', 'json');
    expect(code).toBe(0);
    expect(stderr).toContain('not used by the mode threshold: config.alpha, config.tests');
  });

  test('bare NaN and Infinity, as Python writes them, are figures that cannot be true', async () => {
    const text = JSON.stringify(aFile(fileWindows(12)));
    put(
      'windows.json',
      text.replace('"requests":100', '"requests":NaN').replace('"errors":0', '"errors":-Infinity'),
    );
    const { code, stdout } = await cli.run('judge', 'windows.json', '--output', 'json');
    expect(code).toBe(0);
    expect(json(stdout)).toMatchObject({ verdict: 'no-data', rule: 'unsound' });
  });

  test.each([
    ['no JSON', 'windows: []', 'is no JSON'],
    ['an empty file', '', 'is no JSON'],
    ['no recording', '{"schemaVersion":1,"windows":[]}', 'config is missing'],
    ['null', 'null', 'no object'],
  ])('2: %s, with what is wrong', async (_, text, words) => {
    put('windows.json', text);
    const { code, stderr } = await cli.run('judge', 'windows.json');
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr).toContain('docs/judge.md');
  });

  test('a byte order mark, as some editors write it, is no mistake', async () => {
    put('windows.json', `\uFEFF${JSON.stringify(aFile(broken))}`);
    expect((await cli.run('judge', 'windows.json')).code).toBe(0);
  });

  test('2: a folder is called one', async () => {
    const { code, stderr } = await cli.run('judge', './');
    expect(code).toBe(2);
    expect(stderr).toContain('./ is a folder or a device, not a file');
  });

  test('2: a file that is not there, and a configuration beside a file', async () => {
    expect((await cli.run('judge', 'none.json')).code).toBe(2);
    put('windows.json', JSON.stringify(aFile(broken)));
    expect((await cli.run('judge', 'windows.json', '--config', 'belay.yaml')).code).toBe(2);
  });
});

describe('belay judge DEPLOYMENT', () => {
  beforeEach(async () => {
    const [first, second] = [
      aStep(),
      aStep({ id: '06-bake-50', candidateWeight: 50, startedAtMs: at(20), endedAtMs: at(40) }),
    ];
    await cli.ledger.open(ROLLED_BACK);
    await cli.ledger.close(deploymentId, {
      ...ROLLED_BACK.closing!,
      phases: [
        { phase: 'rollout', fromMs: at(-5), toMs: at(40), humanMs: 0 },
        { phase: 'rollback', fromMs: at(40), toMs: at(50), humanMs: 0 },
      ],
      verdicts: [{ stepId: '06-bake-50', kind: 'harm', sentence: 'too many errors' }],
      monitored: {
        steps: [first, second],
        criteria: [],
        monitoring: DEFAULT_MONITORING,
        alerts: [],
        session: null,
        performance: null,
        notes: [],
      },
    });
    await cli.evidence.append({ deploymentId, stepId: first.id, windows: aReport().windows });
  });

  const other = (duration: number, threshold: number): string => `service: shop
rollbackCriteria:
  automatic: [{ metric: error_rate, threshold: ${threshold}, duration: ${duration} }]
canary:
  steps: [{ weight: 10, bake: { least: 5, longest: 60 } }, { weight: 50, bake: { least: 20, longest: 60 } }]
`;

  test('shows each step then and now, and when it would have gone back', async () => {
    put('other.yaml', other(2, 5));
    const { code, stdout } = await cli.run('judge', 'shop/production', '--config', 'other.yaml');
    expect(code).toBe(0);
    expect(stdout).toContain('It would have rolled back at 50 % after 16 s; it did so after 20 s.');
    expect(stdout).toMatch(
      /04-bake-10\n.*then {2}not recorded \(20 s\)\n.*now {3}safe after 5 s, clear/,
    );
    expect(stdout).toMatch(
      /06-bake-50\n.*then {2}harm \(20 s\): too many errors\n.*now {3}harm after 16 s/,
    );
  });

  test('answers in the same envelope, with the steps', async () => {
    put('other.yaml', other(2, 5));
    const { stdout } = await cli.run(
      ...['judge', deploymentId, '--config', 'other.yaml', '--output', 'json'],
    );
    expect(json(stdout)).toMatchObject({
      schemaVersion: 1,
      mode: 'threshold',
      verdict: 'harm',
      rule: 'guard:automatic/error_rate',
      deployment: deploymentId,
      steps: [
        { step: '04-bake-10', then: null, now: { verdict: 'safe', afterMs: 5_000 } },
        {
          step: '06-bake-50',
          then: { verdict: 'harm' },
          now: { verdict: 'harm', afterMs: 16_000 },
        },
      ],
    });
  });

  test('says what laxer rules would have let pass', async () => {
    put('other.yaml', other(2, 50));
    const { stdout } = await cli.run('judge', deploymentId, '--config', 'other.yaml');
    expect(stdout).toContain('It would not have rolled back');
    expect(stdout).toContain('it rolled back at 50 % after 20 s.');
  });

  test('5: a deployment that nobody knows, or that nobody watched', async () => {
    put('other.yaml', other(2, 5));
    cli.away = null;
    const { code } = await cli.run('judge', 'shop/nowhere', '--config', 'other.yaml');
    expect(code).toBe(5);
  });

  test('2: a configuration that is wrong, and an environment that it does not declare', async () => {
    put('other.yaml', 'service: [');
    expect((await cli.run('judge', deploymentId, '--config', 'other.yaml')).code).toBe(2);
    put('other.yaml', other(2, 5));
    const { code } = await cli.run('judge', deploymentId, '--config', 'other.yaml', '-e', 'moon');
    expect(code).toBe(2);
  });
});
