import { transformFile } from '@swc/core';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const SOURCES = resolve(__dirname, '../../../src/adapters/scanners/secretlint');
/** Below node_modules, so that what the thread imports is found from there. */
const BUILT = resolve(__dirname, '../../../node_modules/.cache/belay-scan-worker');

/** Compiles the scanner's thread as the build does (a thread cannot run TypeScript), and answers its file. */
export async function buildScanWorker(): Promise<string> {
  const folder = join(BUILT, String(process.pid));
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(SOURCES)) {
    const { code } = await transformFile(join(SOURCES, name), {
      configFile: false,
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs', ignoreDynamic: true },
    });
    await writeFile(join(folder, name.replace(/\.ts$/, '.js')), code);
  }
  return join(folder, 'scan-worker.js');
}
