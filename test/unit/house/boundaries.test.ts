import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../../..');

interface Plant {
  /** File that imports. */
  readonly from: string;
  /** A path in the house, or a package. */
  readonly to: string;
  readonly as?: 'type';
}

interface Forbidden extends Plant {
  readonly rule: string;
}

const forbidden: readonly Forbidden[] = [
  row('domain', 'src/domain/a.ts', 'src/ports/fleet.ts'),
  row('domain', 'src/domain/b.ts', 'node:crypto'),
  row('domain', 'src/domain/c.ts', 'zod'),
  row('ports', 'src/ports/a.ts', 'src/config/schema.ts'),
  plant('ports-imports-domain-as-types-only', 'src/ports/b.ts', 'src/domain/plan.ts'),
  plant('config-imports-only-domain-zod-and-yaml', 'src/config/a.ts', 'node:fs'),
  plant('config-imports-only-domain-zod-and-yaml', 'src/config/b.ts', 'src/client/start.ts'),
  plant('the-config-loader-may-also-read-files', 'src/config/load-a.ts', 'src/client/start.ts'),
  row('workflows', 'src/workflows/a.ts', 'src/adapters/targets/local/fleet.ts'),
  row('workflows', 'src/workflows/b.ts', 'node:crypto'),
  row('workflows', 'src/workflows/c.ts', 'zod'),
  plant('workflows-imports-activities-as-types-only', 'src/workflows/d.ts', 'src/activities/x.ts'),
  row('activities', 'src/activities/a.ts', 'src/adapters/targets/local/fleet.ts'),
  row('activities', 'src/activities/c.ts', 'node:fs'),
  row('activities', 'src/activities/b.ts', 'src/workflows/messages.ts'),
  plant(
    'adapters-never-import-another-adapter',
    'src/adapters/targets/ecs/a.ts',
    'src/adapters/targets/local/fleet.ts',
  ),
  plant(
    'adapters-never-import-another-adapter',
    'src/adapters/scanners/a.ts',
    'src/adapters/scanners/secrets.ts',
  ),
  plant(
    'adapters-import-ports-domain-and-their-own-sdk',
    'src/adapters/targets/ecs/b.ts',
    'src/activities/x.ts',
  ),
  plant(
    'adapters-import-ports-domain-and-their-own-sdk',
    'src/adapters/targets/local/a.ts',
    'src/platform/supervisor.ts',
  ),
  plant(
    'only-local-adapters-know-the-platform',
    'src/adapters/targets/ecs/c.ts',
    'src/platform/admin-api.ts',
  ),
  plant('platform-imports-domain-node-and-undici', 'src/platform/a.ts', '@temporalio/common'),
  plant('client-imports-domain-config-and-messages', 'src/client/a.ts', 'src/workflows/deploy.ts'),
  cli('src/cli/commands/deploy.ts', 'src/platform/supervisor.ts'),
  cli('src/cli/commands/status.ts', '@temporalio/client'),
  plant('workers-import-everything-but-the-cli', 'src/workers/a.ts', 'src/cli/main.ts'),
  plant('the-adapter-choice-is-free-of-temporal', 'src/workers/adapters.ts', '@temporalio/common'),
  plant('src-never-imports-tests-or-benches', 'src/workers/b.ts', 'test/support/fake.ts'),
  plant('tools-never-import-src', 'tools/a.mjs', 'src/platform/supervisor.ts'),
];

const allowed: readonly Plant[] = [
  { from: 'src/ports/ok.ts', to: 'src/domain/plan.ts', as: 'type' },
  { from: 'src/config/load-ok.ts', to: 'node:fs' },
  { from: 'src/config/ok.ts', to: 'zod' },
  { from: 'src/workflows/ok.ts', to: 'src/activities/x.ts', as: 'type' },
  { from: 'src/workflows/ok2.ts', to: '@temporalio/workflow' },
  { from: 'src/activities/ok.ts', to: '@temporalio/activity' },
  { from: 'src/activities/ok2.ts', to: 'node:crypto' },
  { from: 'src/adapters/targets/local/ok.ts', to: 'src/platform/admin-api.ts' },
  { from: 'src/adapters/routers/embedded/ok.ts', to: 'src/platform/admin-api.ts' },
  { from: 'src/adapters/targets/local/ok2.ts', to: 'src/adapters/targets/local/fleet.ts' },
  { from: 'src/platform/ok.ts', to: 'undici' },
  { from: 'src/platform/ok2.ts', to: 'node:http' },
  { from: 'src/client/ok.ts', to: 'src/workflows/messages.ts' },
  { from: 'src/cli/commands/up.ts', to: 'src/platform/supervisor.ts' },
  { from: 'src/cli/commands/plan.ts', to: 'src/workers/adapters.ts' },
  { from: 'src/workers/ok.ts', to: 'src/activities/x.ts' },
];

let house: string;
let found: string[];

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'belay-house-'));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  copyFileSync(join(root, 'tsconfig.json'), join(house, 'tsconfig.json'));
  for (const one of [...forbidden, ...allowed]) {
    if (/^(src|test)\//.test(one.to)) write(one.to, 'export const value = 1;\n');
  }
  for (const one of [...forbidden, ...allowed]) write(one.from, importOf(one));
  found = violations();
}, 60_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the import table', () => {
  it.each(forbidden)('refuses $from importing $to ($rule)', ({ rule, from }) => {
    expect(found).toContain(`${rule}: ${from}`);
  });

  it.each(allowed)('allows $from to import $to', ({ from }) => {
    expect(found.filter((violation) => violation.endsWith(`: ${from}`))).toEqual([]);
  });

  it('reports nothing beside what was planted', () => {
    const planted = forbidden.map(({ rule, from }) => `${rule}: ${from}`);
    expect([...new Set(found)].sort()).toEqual([...planted].sort());
  });
});

function violations(): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'],
      ...['src', 'tools'],
    ],
    { cwd: house, encoding: 'utf8', timeout: 60_000 },
  );
  if (!stdout.startsWith('{')) throw new Error(stderr);
  const report = JSON.parse(stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  return report.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

function importOf({ from, to, as }: Plant): string {
  const target = /^(src|test)\//.test(to) ? pathTo({ from, to }) : to;
  const what = as === 'type' ? 'type * as' : '* as';
  return `import ${what} other from '${target}';\nexport type Other = typeof other;\nexport const own = 1;\n`;
}

function pathTo({ from, to }: Plant): string {
  const path = relative(dirname(from), to.replace(/[.]ts$/, ''));
  return path.startsWith('.') ? path : `./${path}`;
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), content);
}

function plant(rule: string, from: string, to: string): Forbidden {
  return { rule, from, to };
}

function row(layer: string, from: string, to: string): Forbidden {
  return plant(`${layer}-imports-only-what-its-row-allows`, from, to);
}

function cli(from: string, to: string): Forbidden {
  return plant('cli-imports-client-config-domain-ports-and-the-adapter-choice', from, to);
}
