import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.mjs';

const runWithinMs = 45 * 60_000;
const NICE = ['nice', '-n', '10'];

/**
 * Runs jest once and counts. A suite that could not run counts as one failed test, and so does a
 * jest that ends badly without naming any. In `front`, its report shows while it runs; `beside`
 * another, when it has ended; `behind` others, likewise, and it takes what they leave of the
 * processor.
 *
 * @param {{root: string, args: readonly string[], env?: NodeJS.ProcessEnv, signal?: AbortSignal, quiet?: boolean, place?: 'front' | 'beside' | 'behind'}} options
 * @returns {Promise<{passed: number, failed: number, skipped: readonly string[]}>}
 */
export async function runJest({
  root,
  args,
  env = process.env,
  signal,
  quiet = false,
  place = 'front',
}) {
  const folder = mkdtempSync(join(tmpdir(), 'belay-jest-'));
  const report = join(folder, 'report.json');
  try {
    const command = place === 'behind' ? [...NICE, ...jestCommand(root)] : jestCommand(root);
    const answer = await runCommand([...command, ...args, '--json', `--outputFile=${report}`], {
      cwd: root,
      env,
      timeoutMs: runWithinMs,
      signal,
      inherit: !quiet && place === 'front',
    });
    signal?.throwIfAborted();
    if (!quiet && place !== 'front') process.stderr.write(answer.stderr);
    return count(readReport(report), answer.code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The test files that jest would run for these arguments. */
export async function listTests({ root, args, signal }) {
  const answer = await runCommand([...jestCommand(root), ...args, '--listTests'], {
    cwd: root,
    env: process.env,
    timeoutMs: 60_000,
    signal,
  });
  return answer.stdout.split('\n').filter((line) => line.endsWith('.test.ts'));
}

function jestCommand(root) {
  return [process.execPath, join(root, 'node_modules', 'jest', 'bin', 'jest.js')];
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function count(report, code) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: [] };
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.testResults
      .flatMap((suite) => suite.assertionResults)
      .filter((test) => test.status === 'pending' || test.status === 'todo')
      .map((test) => test.fullName),
  };
}
