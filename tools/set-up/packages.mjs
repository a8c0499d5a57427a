import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLine, runCommand } from '../run-command.mjs';

const installWithinMs = 10 * 60_000;

/** Runs `npm ci` unless node_modules holds just what the lockfile says. Answers whether it ran. */
export async function installPackages({ root, log, signal }) {
  const reason = whyInstall(root);
  if (reason === undefined) return false;
  log(`packages: npm ci, because ${reason}`);
  // Nothing here needs install scripts, and set-up builds by itself afterwards.
  const answer = await runCommand(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    env: process.env,
    timeoutMs: installWithinMs,
    signal,
  });
  if (answer.code !== 0) throw new Error(`npm ci failed: ${answer.stderr || lastLine(answer)}`);
  return true;
}

/** A reason to install, or undefined when every package of the lockfile is there. */
export function whyInstall(root) {
  // npm writes down what it has really put into node_modules, in the lockfile's own form.
  const installedList = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return 'node_modules is missing';
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(installedList);
  const wrong = Object.entries(wanted).find(
    ([path, entry]) => path !== '' && !isSatisfied(entry, installed[path]),
  );
  return wrong && `node_modules does not match the lockfile (${wrong[0]})`;
}

function isSatisfied(wanted, installed) {
  // An optional package may be for another system.
  if (installed === undefined) return Boolean(wanted.optional);
  return installed.version === wanted.version;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
