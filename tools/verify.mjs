import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { setUp } from './setup.mjs';
import { runJest } from './set-up/jest.mjs';
import { root, runTool } from './set-up/tool.mjs';

const stepWithinMs = 5 * 60_000;

const staticChecks = [
  { name: 'build', command: ['node', join(root, 'tools', 'build.mjs')] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'boundaries', command: ['depcruise', 'src', 'tools'] },
  { name: 'unused', command: ['knip'] },
];

const layers = ['unit', 'contract', 'workflow', 'replay'];

/**
 * `npm run verify`: every static check and every test that needs no server. All run, even when one
 * fails; the exit code is 0 only when all passed.
 */
await runTool(async ({ log, signal }) => {
  await setUp({ log, signal, needs: { build: false, temporal: false } });
  const results = [
    ...(await twoAtATime(staticChecks, { log, signal })),
    await tests({ log, signal }),
  ];
  const failed = results.filter((result) => !result.ok).map((result) => result.name);
  const seconds = results.reduce((total, result) => total + result.seconds, 0);
  const verdict = failed.length === 0 ? 'all passed' : `failed: ${failed.join(', ')}`;
  log(`verify: ${verdict} (${seconds.toFixed(1)} s of work)`);
  return failed.length === 0 ? 0 : 1;
});

/** The checks use one core each, and the machines we aim at have two. */
async function twoAtATime(checks, tool) {
  const waiting = [...checks];
  const results = [];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      results.push(await runCheck(check, tool));
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}

async function runCheck({ name, command: [file, ...args] }, { log, signal }) {
  const started = performance.now();
  const command = [
    file === 'node' ? process.execPath : join(root, 'node_modules', '.bin', file),
    ...args,
  ];
  const answer = await runCommand(command, {
    cwd: root,
    env: process.env,
    timeoutMs: stepWithinMs,
    signal,
  });
  signal.throwIfAborted();
  const result = { name, ok: answer.code === 0, seconds: (performance.now() - started) / 1000 };
  log(line(result));
  if (!result.ok) log([answer.stdout, answer.stderr].join('').trimEnd());
  return result;
}

async function tests({ log, signal }) {
  const started = performance.now();
  const args = ['--selectProjects', ...layers, '--silent'];
  const { passed, failed } = await runJest({ root, args, signal });
  const seconds = (performance.now() - started) / 1000;
  const result = { name: `tests (${passed} passed, ${failed} failed)`, ok: failed === 0, seconds };
  log(line(result));
  return result;
}

function line({ name, ok, seconds }) {
  return `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.toFixed(1)} s`;
}
