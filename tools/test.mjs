import { resolveTemporal } from './temporal/resolve.mjs';
import { resolvePrometheus } from './prometheus/resolve.mjs';
import { setUp } from './setup.mjs';
import { delimiter } from 'node:path';
import { listTests, runJest } from './set-up/jest.mjs';
import { root, runTool } from './set-up/tool.mjs';

/** Their tests live on real processes and real time. */
const timed = ['unit', 'contract'];
/** Their tests compute, on a clock of their own: no matter how long it takes. */
const untimed = ['workflow', 'replay'];

/**
 * `npm test [-- JEST ARGUMENTS]`: sets up, runs the unit and contract layers on both cores, then
 * the integration layer, which waits a lot: two lanes, each with a server of its own and one file
 * after another, with the layers that only compute behind them. Closes with the line
 * `N passed, N failed`.
 */
await runTool(async ({ log, signal }) => {
  const args = process.argv.slice(2);
  try {
    await setUp({ log, signal, needs: { temporal: false } });
    await withPrometheus({ log, signal });
  } catch (error) {
    log(error.message);
    return close([{ ...nothing(), failed: 1 }]);
  }
  const runs = args.includes('--selectProjects')
    ? [await runJest({ root, args, signal })]
    : [
        await withoutServer({ args, layers: timed, signal, place: 'front' }),
        ...(await Promise.all([
          withServer({ args, log, signal }),
          withoutServer({ args, layers: untimed, signal, place: 'behind' }),
        ])),
      ];
  return close(runs);
});

/** A peer of some contract tests: without it they say so by name, and fail in CI. */
async function withPrometheus({ log, signal }) {
  const found = await resolvePrometheus({ log, signal });
  if (!found.ok) log(`Prometheus is not there: ${found.why}`);
  if (found.ok && found.folder !== null)
    process.env.PATH = [process.env.PATH, found.folder].join(delimiter);
}

function withoutServer({ args, layers, signal, place }) {
  const projects = ['--selectProjects', ...layers, '--passWithNoTests'];
  const cores = place === 'behind' ? ['--runInBand'] : [];
  return runJest({ root, args: [...args, ...projects, ...cores], signal, place });
}

async function withServer({ args, log, signal }) {
  const all = [...args, '--selectProjects', 'integration'];
  if ((await listTests({ root, args: all, signal })).length === 0) return nothing();
  try {
    const env = await withBinary({ log, signal });
    log('Two more runs go on beside this one; their reports follow when they have ended.');
    const lanes = Object.entries({ others: 'front', killing: 'beside' });
    return add(
      await Promise.all(
        lanes.map(([lane, place]) =>
          runJest({
            root,
            // A test that failed may leave a process behind: the run ends all the same, and takes it along.
            args: [...all, '--runInBand', '--forceExit', '--passWithNoTests'],
            env: { ...env, BELAY_TEST_LANE: lane },
            signal,
            place,
          }),
        ),
      ),
    );
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
  const { passed, failed, skipped } = add(runs);
  if (skipped.length > 0) console.log([`${skipped.length} skipped:`, ...skipped].join('\n  '));
  if (passed + failed === 0) console.log('No test matched.');
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

function add(runs) {
  return {
    passed: sum(runs.map((run) => run.passed)),
    failed: sum(runs.map((run) => run.failed)),
    skipped: runs.flatMap((run) => run.skipped),
  };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
