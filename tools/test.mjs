import { resolveTemporal } from './temporal/resolve.mjs';
import { setUp } from './setup.mjs';
import { listTests, runJest } from './set-up/jest.mjs';
import { root, runTool } from './set-up/tool.mjs';

const serverless = ['unit', 'contract', 'workflow', 'replay'];

/**
 * `npm test [-- JEST ARGUMENTS]`: sets up, runs the layers that need no server on both cores, then
 * the integration layer one file after another, and closes with the line `N passed, N failed`.
 */
await runTool(async ({ log, signal }) => {
  const args = process.argv.slice(2);
  try {
    await setUp({ log, signal, needs: { temporal: false } });
  } catch (error) {
    log(error.message);
    return close([{ ...nothing(), failed: 1 }]);
  }
  const runs = args.includes('--selectProjects')
    ? [await runJest({ root, args, signal })]
    : [await withoutServer({ args, signal }), await withServer({ args, log, signal })];
  return close(runs);
});

function withoutServer({ args, signal }) {
  const projects = ['--selectProjects', ...serverless, '--passWithNoTests'];
  return runJest({ root, args: [...args, ...projects], signal });
}

async function withServer({ args, log, signal }) {
  const all = [...args, '--selectProjects', 'integration'];
  if ((await listTests({ root, args: all, signal })).length === 0) return nothing();
  try {
    const env = await withBinary({ log, signal });
    // A test that failed may leave a process behind: the run ends all the same, and takes it along.
    return await runJest({ root, args: [...all, '--runInBand', '--forceExit'], env, signal });
  } catch (error) {
    if (error.name !== 'TemporalUnavailable') throw error;
    log(error.message);
    return { ...nothing(), failed: 1 };
  }
}

/** The tests kill their server, so they always start one of their own. */
async function withBinary({ log, signal }) {
  const env = { ...process.env };
  delete env.TEMPORAL_ADDRESS;
  const { path } = await resolveTemporal({ log, signal, env });
  return { ...env, TEMPORAL_CLI: path };
}

function nothing() {
  return { passed: 0, failed: 0, skipped: [] };
}

function close(runs) {
  const passed = sum(runs.map((run) => run.passed));
  const failed = sum(runs.map((run) => run.failed));
  const skipped = runs.flatMap((run) => run.skipped);
  if (skipped.length > 0) console.log([`${skipped.length} skipped:`, ...skipped].join('\n  '));
  if (passed + failed === 0) console.log('No test matched.');
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
