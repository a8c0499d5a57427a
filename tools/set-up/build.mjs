import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runCommand } from '../run-command.mjs';

const compileWithinMs = 5 * 60_000;
const bundleWithinMs = 2 * 60_000;

/** Builds dist/ unless it was built from just these sources. Answers whether it ran. */
export async function buildIfStale({ root, log, signal }) {
  const sources = fingerprint(root);
  const reason = whyBuild(root, sources);
  if (reason === undefined) return false;
  log(`build: compiling src to dist, because ${reason}`);
  await build({ root, log, signal });
  return true;
}

/** Compiles src/ to dist/, bundles the workflows, and notes what dist/ was built from. */
export async function build({ root, log, signal }) {
  const sources = fingerprint(root);
  rmSync(noteOf(root), { force: true });
  await run([bin(root, 'tsc'), '-p', 'tsconfig.build.json'], { root, signal, ms: compileWithinMs });
  removeOrphans(root);
  const bundler = join(root, 'tools', 'build-workflow-bundle.mjs');
  log('build: bundling the workflows');
  await run([process.execPath, bundler], { root, signal, ms: bundleWithinMs });
  writeFileSync(noteOf(root), `${sources}\n`);
}

/** Whether the compiler is here: a production install has no development packages. */
export function canBuild(root) {
  return existsSync(bin(root, 'tsc')) && existsSync(join(root, 'src'));
}

function whyBuild(root, sources) {
  if (!existsSync(noteOf(root))) return 'there is no complete build yet';
  if (readFileSync(noteOf(root), 'utf8').trim() !== sources) return 'src has changed';
  return undefined;
}

/** The sources' content, not their times: a checkout or a clone sets those as it likes. */
function fingerprint(root) {
  const hash = createHash('sha256');
  const others = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
  const bundler = join('tools', 'build-workflow-bundle.mjs');
  for (const file of [
    ...filesIn(join(root, 'src')),
    ...[...others, bundler].map((name) => join(root, name)),
  ]) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function removeOrphans(root) {
  const dist = join(root, 'dist');
  for (const file of filesIn(dist)) {
    const source = /^(.+?)([.]d)?[.](js|ts)([.]map)?$/.exec(relative(dist, file))?.[1];
    if (source === undefined || source === 'workflow-bundle') continue;
    if (!existsSync(join(root, 'src', `${source}.ts`))) rmSync(file);
  }
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function run(command, { root, signal, ms }) {
  const answer = await runCommand(command, { cwd: root, env: process.env, timeoutMs: ms, signal });
  process.stderr.write(answer.stderr);
  if (answer.code === 0) return;
  throw new Error(`the build failed (${relative(root, command.at(-1))}):\n${answer.stdout}`);
}

function bin(root, name) {
  return join(root, 'node_modules', '.bin', name);
}

function noteOf(root) {
  return join(root, 'dist', '.built-from');
}
