import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../../..');

const refused: readonly { name: string; layer: string; code: string; rule: string }[] = [
  {
    name: 'a promise that nobody awaits',
    layer: 'src/client',
    code: 'export function start(): void {\n  Promise.resolve(1);\n}\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    name: 'a switch that forgets a case',
    layer: 'src/domain',
    code: "export function a(kind: 'x' | 'y'): void {\n  switch (kind) {\n    case 'x':\n      return;\n  }\n}\n",
    rule: '@typescript-eslint/switch-exhaustiveness-check',
  },
  {
    name: 'a type imported as a value',
    layer: 'src/client',
    code: "import { Stats } from 'node:fs';\nexport type A = Stats;\n",
    rule: '@typescript-eslint/consistent-type-imports',
  },
  ...['Date.now()', 'Math.random()'].map((call) => ({
    name: `${call} in the domain`,
    layer: 'src/domain',
    code: `export const a = (): number => ${call};\n`,
    rule: 'no-restricted-properties',
  })),
  {
    name: 'the clock in the domain',
    layer: 'src/domain',
    code: 'export const a = (): Date => new Date();\n',
    rule: 'no-restricted-syntax',
  },
  {
    name: 'process in the domain',
    layer: 'src/domain',
    code: 'export const a = (): number => process.pid;\n',
    rule: 'no-restricted-globals',
  },
  {
    name: 'a Node builtin in a workflow',
    layer: 'src/workflows',
    code: "import { join } from 'node:path';\nexport const a = (): string => join('a');\n",
    rule: 'no-restricted-imports',
  },
  ...[
    'let count = 0;\nexport const a = (): number => (count += 1);\n',
    'export let count = 0;\nexport const a = (): number => (count += 1);\n',
    'const seen = new Map<string, string>();\nexport const a = (): number => seen.size;\n',
    'export const seen = new Set<string>();\n',
    'const list: string[] = [];\nexport const a = (): number => list.push("");\n',
    'const memo: Record<string, string> = {};\nexport const a = (): unknown => memo;\n',
    'export const a = (): never => {\n  throw new Error("no");\n};\n',
  ].map((code) => ({
    name: `${JSON.stringify(code.split('\n', 2).join(' '))} in a workflow`,
    layer: 'src/workflows',
    code,
    rule: 'no-restricted-syntax',
  })),
  {
    name: 'printing outside the CLI',
    layer: 'src/client',
    code: "export const a = (): void => console.log('a');\n",
    rule: 'no-console',
  },
  {
    name: 'four parameters',
    layer: 'src/client',
    code: 'export const a = (b: number, c: number, d: number, e: number): number => b + c + d + e;\n',
    rule: 'max-params',
  },
  {
    name: 'a test that asserts nothing',
    layer: 'test/unit',
    code: "it('does it', () => {\n  void 0;\n});\n",
    rule: 'jest/expect-expect',
  },
  {
    name: 'a focused test',
    layer: 'test/unit',
    code: "it.only('does it', () => {\n  expect(1).toBe(1);\n});\n",
    rule: 'jest/no-focused-tests',
  },
];

const accepted: readonly { name: string; layer: string; code: string }[] = [
  {
    name: 'constants in a workflow',
    layer: 'src/workflows',
    code: "const order: readonly string[] = ['a'];\nconst kinds = ['b'] as const;\nconst timeouts = { ms: 1 };\nexport const a = (): unknown => [order, kinds, timeouts];\n",
  },
  {
    name: 'ApplicationFailure, and a rethrow, in a workflow',
    layer: 'src/workflows',
    code: "import { ApplicationFailure } from '@temporalio/workflow';\nexport function a(error: Error): never {\n  if (error.message === '') throw error;\n  throw ApplicationFailure.nonRetryable('no');\n}\n",
  },
  {
    name: 'printing in the CLI',
    layer: 'src/cli',
    code: "export const a = (): void => console.log('a');\n",
  },
  {
    name: 'a date made from an argument in the domain',
    layer: 'src/domain',
    code: 'export const a = (ms: number): string => new Date(ms).toISOString();\n',
  },
];

let house: string;
let found: Map<string, string[]>;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'belay-lint-'));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const file of ['tsconfig.json', 'eslint.config.mjs']) {
    copyFileSync(join(root, file), join(house, file));
  }
  refused.forEach(({ layer, code }, index) => write(`${layer}/refused-${index}.ts`, code));
  accepted.forEach(({ layer, code }, index) => write(`${layer}/accepted-${index}.ts`, code));
  found = lint();
}, 120_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('the lint rules', () => {
  it.each(refused.map((one, index) => ({ ...one, index })))(
    'refuse $name',
    ({ layer, rule, index }) => {
      expect(found.get(`${layer}/refused-${index}.ts`)).toEqual([rule]);
    },
  );

  it.each(accepted.map((one, index) => ({ ...one, index })))('accept $name', ({ layer, index }) => {
    expect(found.get(`${layer}/accepted-${index}.ts`)).toEqual([]);
  });
});

function lint(): Map<string, string[]> {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/eslint/bin/eslint.js'), '--format', 'json', 'src', 'test'],
    { cwd: house, encoding: 'utf8', timeout: 110_000 },
  );
  if (!stdout.startsWith('[')) throw new Error(stderr);
  const report = JSON.parse(stdout) as {
    filePath: string;
    messages: { ruleId: string | null; message: string }[];
  }[];
  return new Map(
    report.map(({ filePath, messages }) => [
      relative(house, filePath),
      messages.map(({ ruleId, message }) => ruleId ?? message),
    ]),
  );
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), content);
}
