import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from '../../../tools/set-up/build.mjs';
import { Clone } from './clone';

jest.setTimeout(60_000);

let clone: Clone;
let lines: string[];

beforeEach(() => {
  clone = new Clone();
  lines = [];
  const options = { rootDir: 'src', outDir: 'dist', types: [], strict: true };
  clone.write('package.json', '{}');
  clone.write('package-lock.json', '{}');
  clone.write('tsconfig.json', '{}');
  clone.write(
    'tsconfig.build.json',
    JSON.stringify({ compilerOptions: options, include: ['src'] }),
  );
  clone.write('tools/build-workflow-bundle.mjs', '');
  clone.write('src/a.ts', 'export const a = 1;\n');
});

afterEach(() => clone.remove());

describe('the build', () => {
  it('runs once, and again only when a source has changed', async () => {
    expect(await build()).toBe(true);
    expect(lines[0]).toContain('there is no complete build yet');
    expect(await build()).toBe(false);

    clone.write('src/a.ts', 'export const a = 2;\n');
    expect(await build()).toBe(true);
    expect(readFileSync(join(clone.root, 'dist/a.js'), 'utf8')).toContain('a = 2');
  });

  it('takes away what no source stands for any more', async () => {
    await build();
    renameSync(join(clone.root, 'src/a.ts'), join(clone.root, 'src/b.ts'));
    await build();
    expect(existsSync(join(clone.root, 'dist/b.js'))).toBe(true);
    expect(existsSync(join(clone.root, 'dist/a.js'))).toBe(false);
  });

  it('fails with what the compiler said, and is not taken for done', async () => {
    clone.write('src/a.ts', "export const a: number = 'one';\n");
    await expect(build()).rejects.toThrow('src/a.ts(1,14)');
    await expect(build()).rejects.toThrow('src/a.ts(1,14)');
  });
});

function build(): Promise<boolean> {
  return buildIfStale({ root: clone.root, log: (line) => lines.push(line) });
}
