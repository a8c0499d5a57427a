import { fileURLToPath } from 'node:url';
import { openStopSignal } from '../tools/demo/stop-signal.mjs';
import { runOnAllCores } from './simulate/crew.mjs';
import { figuresOf, goalsOf } from './simulate/figures.mjs';

export const numbers = ['runs', 'seed'];
const tellEveryMs = 30_000;
const runner = fileURLToPath(new URL('simulate/runner.cjs', import.meta.url));
/** A run takes a fraction of a second; one that turns in a circle would never answer. */
const answerWithinMs = 120_000;

/**
 * Random deployments against random decisions, crashes and orders of what happens at the same time, without a server:
 * each is checked against every invariant, killed at least once and rebuilt; one in a hundred is killed before every
 * workflow task, one in twenty is also replayed by the SDK. `seed` is the first of the seeds.
 */
export async function run({ runs = 10_000, seed = 1, log, signal: given }) {
  const { signal } = openStopSignal(given);
  const started = performance.now();
  const reports = [];
  const figures = () => figuresOf(reports, performance.now() - started);
  const telling = setInterval(
    () => log(`${figures().runs} of ${runs} runs, ${figures().broken} broken`),
    tellEveryMs,
  );
  log(`${runs} simulated deployments, seeds ${seed} to ${seed + runs - 1}`);
  try {
    await runOnAllCores({
      seeds: Array.from({ length: runs }, (_one, index) => seed + index),
      runner,
      answerWithinMs,
      onReport: (report) => {
        reports.push(report);
        if (report.problem !== null) log(`seed ${report.seed}: ${report.problem}`);
      },
      signal,
    });
  } finally {
    clearInterval(telling);
  }
  signal.throwIfAborted();
  return { figures: figures(), goals: goalsOf(runs) };
}
