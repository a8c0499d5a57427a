import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeploymentFacts } from '../../../src/domain/checks/facts';
import { createConfigurationValidator } from '../../../src/adapters/validators/configuration/configuration-validator';
import { taskProblems } from '../../../src/adapters/validators/configuration/task-definition';
import { FACTS } from '../../support/check-tools';
import { linesOf, put, reportOn } from './validator-subject';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-configuration-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const HEALTH = {
  path: '/health',
  intervalMs: 5_000,
  timeoutMs: 2_000,
  healthyAfter: 2,
  unhealthyAfter: 3,
};

describe('the configuration validator', () => {
  it('passes with nothing covered where nothing is configured', async () => {
    expect(await validate({})).toMatchObject({ passed: true, covered: 0, total: 0, problems: [] });
  });

  it('passes what fits together', async () => {
    await put(root, {
      'server.js': '',
      '.env.example': 'DB_HOST=\nTOKEN=\nPORT=\n',
      'a.json': '{}',
    });
    const report = await validate({
      command: ['node', '--enable-source-maps', '-r', './trace.js', 'server.js', '--port=${PORT}'],
      env: { DB_HOST: 'db.internal', NODE_ENV: 'production', EMPTY: '' },
      secrets: ['TOKEN'],
      health: HEALTH,
      envNames: { staging: ['DB_HOST', 'TOKEN'], production: ['TOKEN', 'DB_HOST'] },
    });
    expect(linesOf(report)).toEqual([]);
    expect(report).toMatchObject({ passed: true, covered: 6, total: 6 });
  });

  it.each([
    [['node', 'server.js']],
    [['node', 'server']],
    [['node', 'lib']],
    [['./bin/run']],
    [['bin/run']],
    [['sh', '-eu', 'start.sh']],
    [['python3', '-m', 'http.server']],
    [['node', '-e', '1']],
    [['node', '/somewhere/else.js']],
    [['npm', 'start']],
    [['${HOME}/x']],
  ])('takes the command %j', async (command) => {
    await put(root, { 'server.js': '', 'lib/index.js': '', 'bin/run': '', 'start.sh': '' });
    await chmod(join(root, 'bin/run'), 0o755);
    const rules = rulesOf(await validate({ command }));
    expect(rules.filter((rule) => rule !== 'configuration/command-placeholder')).toEqual([]);
  });

  it.each([
    [['node', 'gone.js'], 'configuration/command-missing'],
    [['node', '--import', './x.js', 'gone.js'], 'configuration/command-missing'],
    [['python', 'gone.py'], 'configuration/command-missing'],
    [['./gone'], 'configuration/command-missing'],
    [['./plain'], 'configuration/command-not-executable'],
    [['node', '../server.js'], 'configuration/command-outside'],
    [['serve', '--port', '$PORT'], 'configuration/command-placeholder'],
    [['serve', '--port', '%PORT%'], 'configuration/command-placeholder'],
    [['serve', '--port', '{{port}}'], 'configuration/command-placeholder'],
  ])('finds what is wrong with the command %j', async (command, rule) => {
    await put(root, { plain: '' });
    const report = await validate({ command });
    expect(linesOf(report)).toEqual([`- ${rule} high`]);
    expect(report.passed).toBe(false);
  });

  it.each([
    'CHANGEME',
    'change-me',
    'TODO',
    '<your-password>',
    'https://<your-host>/x',
    'your_api_key',
    'xxxx',
    'postgres://user:changeme@db/x',
  ])('finds the placeholder %s and does not repeat it', async (value) => {
    const report = await validate({ env: { A_VALUE: value } });
    expect(linesOf(report)).toEqual(['- configuration/placeholder high']);
    expect(report.problems[0]?.title).toContain('A_VALUE');
    expect(JSON.stringify(report)).not.toContain(value);
  });

  it.each(['', 'production', 'a<b>c', 'todos', 'https://example.org/changes', 'xx', '<3'])(
    'takes the value %j',
    async (value) => {
      expect(rulesOf(await validate({ env: { A: value } }))).toEqual([]);
    },
  );

  it.each<[Partial<DeploymentFacts>, string]>([
    [{ env: { A: '1' }, secrets: ['A'] }, 'configuration/env-and-secret high'],
    [{ secrets: ['A', 'A'] }, 'configuration/secret-twice low'],
    [{ env: { PORT: '80' } }, 'configuration/port-in-env medium'],
    [{ env: { 'A B': '1' } }, 'configuration/env-name medium'],
    [{ env: { A: '${B}/c' } }, 'configuration/unexpanded medium'],
    [{ envNames: { one: ['A', 'B'], two: ['A'] } }, 'configuration/env-differs medium'],
    [{ health: { ...HEALTH, path: 'health' } }, 'configuration/health-path high'],
    [{ health: { ...HEALTH, path: '/a b' } }, 'configuration/health-path high'],
    [{ health: { ...HEALTH, path: '/${X}' } }, 'configuration/health-path high'],
    [{ health: { ...HEALTH, timeoutMs: 9_000 } }, 'configuration/health-timeout low'],
  ])('says of %j: %s', async (facts, line) => {
    expect([...new Set(linesOf(await validate(facts)))]).toEqual([`- ${line}`]);
  });

  it('mentions what an example of the environment names and nobody sets', async () => {
    await put(root, { 'run.sh': '', '.env.example': '# A=\nexport B=1\nC = 2\nNODE_ENV=x\n' });
    const report = await validate({ command: ['sh', 'run.sh'], env: { B: '1' } });
    expect(report.problems.map(({ title }) => title)).toEqual([
      'names C, which is neither in env nor in secrets',
    ]);
  });

  it('finds the marks of a merge that was not finished, with their line', async () => {
    const conflict = 'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n';
    await put(root, {
      'a.yaml': conflict,
      'b.toml': conflict,
      'heading.yaml': 'a: |\n  x\n=======\n',
      'node_modules/a/b.json': conflict,
      '.env': 'A=1\r\n<<<<<<< x\n=======\n>>>>>>> y',
    });
    expect(linesOf(await validate({}))).toEqual([
      '.env:2 configuration/merge-conflict high',
      'a.yaml:2 configuration/merge-conflict high',
      'b.toml:2 configuration/merge-conflict high',
    ]);
  });

  it('reads task definitions of JSON and YAML', async () => {
    await put(root, {
      'task.json': JSON.stringify({ ...TASK, memory: '3000' }),
      'task.yaml': 'containerDefinitions: []\n',
    });
    expect(linesOf(await validate({}))).toEqual([
      'task.json configuration/fargate-size high',
      'task.yaml configuration/no-container high',
    ]);
  });
});

const TASK = {
  requiresCompatibilities: ['FARGATE'],
  cpu: '512',
  memory: '1024',
  containerDefinitions: [
    { name: 'web', image: 'x', cpu: 256, memory: 512 },
    { name: 'log', image: 'y', cpu: 256, memoryReservation: 512, essential: false },
  ],
};

describe('a task definition', () => {
  it.each([
    ['256', '512'],
    ['256', '2 GB'],
    ['.25 vCPU', '512'],
    ['1 vCPU', '8GB'],
    ['4096', '30720'],
    ['8192', '20480'],
    ['16384', '122880'],
  ])('may have %s cpu and %s memory', (cpu, memory) => {
    const containerDefinitions = [{ name: 'a', image: 'x' }];
    expect(taskProblems({ ...TASK, cpu, memory, containerDefinitions })).toEqual([]);
  });

  it.each([
    ['256', '1536'],
    ['256', '4096'],
    ['300', '512'],
    ['4096', '31744'],
    ['8192', '17408'],
    [undefined, '512'],
    ['256', null],
    ['256', 'lots'],
  ])('may not have %s cpu and %s memory', (cpu, memory) => {
    const containerDefinitions = [{ name: 'a', image: 'x' }];
    const problems = taskProblems({ ...TASK, cpu, memory, containerDefinitions });
    expect(problems.map(({ rule }) => rule)).toEqual(['configuration/fargate-size']);
  });

  it.each([
    ['more cpu than the task', [{ name: 'a', image: 'x', cpu: 600 }], 'container-sum'],
    ['more memory than the task', [{ name: 'a', image: 'x', memory: 2_000 }], 'container-sum'],
    ['no essential container', [{ name: 'a', image: 'x', essential: false }], 'essential'],
    ['no image', [{ name: 'a' }], 'container-image'],
    [
      'a name twice',
      [
        { name: 'a', image: 'x' },
        { name: 'a', image: 'y' },
      ],
      'container-name',
    ],
    ['no container', [], 'no-container'],
  ])('may not have %s', (_what, containerDefinitions, rule) => {
    const problems = taskProblems({ ...TASK, containerDefinitions });
    expect(problems.map((one) => one.rule)).toEqual([`configuration/${rule}`]);
  });

  it('takes anything that is none', () => {
    for (const value of [null, 1, 'x', [], {}, { containerDefinitions: 'x' }])
      expect(taskProblems(value)).toEqual([]);
  });
});

function validate(facts: Partial<DeploymentFacts>) {
  return reportOn(createConfigurationValidator(), root, { facts: { ...FACTS, ...facts } });
}

function rulesOf({ problems }: Awaited<ReturnType<typeof validate>>): readonly string[] {
  return problems.map(({ rule }) => rule);
}
