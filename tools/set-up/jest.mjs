import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.mjs';

const runWithinMs = 45 * 60_000;

/**
 * Runs jest once and counts. A suite that could not run counts as one failed test, and so does a
 * jest that ends badly without naming any.
 *
 * @param {{root: string, args: readonly string[], env?: NodeJS.ProcessEnv, signal?: AbortSignal, quiet?: boolean}} options
 * @returns {Promise<{passed: number, failed: number, skipped: readonly string[]}>}
 */
export async function runJest({ root, args, env = process.env, signal, quiet = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'belay-jest-'));
  const report = join(folder, 'report.json');
  try {
    const answer = await runCommand(
      [...jestCommand(root), ...args, '--json', `--outputFile=${report}`],
      { cwd: root, env, timeoutMs: runWithinMs, signal, inherit: !quiet },
    );
    signal?.throwIfAborted();
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
