import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { workflowBundlePath } from '../support/simulator/workflow-bundle';

// Grows with what the workflows do: a dependency that does not belong in here shows as a jump.
const SIZE_BUDGET = 910_000;
/** What the SDK itself lets workflow code use. */
const SANDBOXED = new Set(['assert', 'url', 'util', 'async_hooks']);

async function bundle(): Promise<{ readonly code: string; readonly modules: readonly string[] }> {
  const whole = readFileSync(await workflowBundlePath(), 'utf8');
  const code = whole.slice(0, whole.lastIndexOf('//# sourceMappingURL=data:'));
  const modules = [...code.matchAll(/^\/\*\*\*\/ "([^"]+)"/gm)].map(([, name]) => name ?? '');
  return { code, modules };
}

test('the bundle names its modules, ours among them', async () => {
  const { modules } = await bundle();
  expect(modules).toContain('./src/workflows/deploy.ts');
  expect(modules).toContain('./src/workflows/payload-converter.ts');
});

test.each([
  ['zod', /node_modules\/zod\//],
  ['yaml', /node_modules\/yaml\//],
  ['undici', /node_modules\/undici\//],
  ['an AWS package', /node_modules\/@(?:aws-sdk|smithy)\//],
  ['an adapter', /src\/adapters\//],
  ['an activity', /src\/activities\//],
  ['the configuration', /src\/config\//],
])('the bundle holds no %s', async (_name, unwanted) => {
  const { modules } = await bundle();
  expect(modules.filter((module) => unwanted.test(module))).toEqual([]);
});

test('the bundle asks for no Node builtin', async () => {
  const { code } = await bundle();
  const required = [...code.matchAll(/require\("(?:node:)?([a-z_/]+)"\)/g)].map(([, name]) => name);
  const builtins = required.filter(
    (name) => name !== undefined && builtinModules.includes(name) && !SANDBOXED.has(name),
  );
  expect(builtins).toEqual([]);
});

test('the bundle stays within its size, measured without its source map', async () => {
  const { code } = await bundle();
  expect(Buffer.byteLength(code)).toBeLessThan(SIZE_BUDGET);
});
