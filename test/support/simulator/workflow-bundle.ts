import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(__dirname, '../../..');
const CACHE = path.join(ROOT, '.cache', 'workflow-bundle');
/** Everything that workflow code may import, and the version of what bundles it. */
const SOURCES = ['src/workflows', 'src/domain'];

/**
 * The path of the workflows' bundle, built at most once for each content. It is built by a child, because a bundler
 * inside of jest takes three times as long.
 */
export async function workflowBundlePath(): Promise<string> {
  const bundle = path.join(CACHE, `${contentKey()}.js`);
  if (existsSync(bundle)) return bundle;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = `${bundle}.${process.pid}`;
  await promisify(execFile)(process.execPath, ['-e', BUILD, ROOT, unfinished], {
    cwd: ROOT,
    timeout: 120_000,
  });
  renameSync(unfinished, bundle);
  return bundle;
}

const BUILD = `
const { writeFileSync } = require('node:fs');
const { bundleWorkflowCode } = require('@temporalio/worker');
const [root, out] = process.argv.slice(1);
const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
bundleWorkflowCode({
  workflowsPath: root + '/src/workflows/index.ts',
  payloadConverterPath: root + '/src/workflows/payload-converter.ts',
  logger: quiet,
}).then(({ code }) => writeFileSync(out, code));
`;

function contentKey(): string {
  const hash = createHash('sha256').update(BUILD).update(sdkVersion());
  for (const folder of SOURCES) {
    for (const file of filesIn(path.join(ROOT, folder))) {
      hash.update(path.relative(ROOT, file)).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 24);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function sdkVersion(): string {
  return readFileSync(path.join(ROOT, 'node_modules/@temporalio/worker/package.json'), 'utf8');
}
