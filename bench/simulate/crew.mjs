import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/**
 * Runs the seeds in as many processes as there are cores, and reports each. A process that ends or does not answer in
 * time is reported as its seed's fault, and replaced. `runner` is sent a seed, and sends back its report.
 */
export async function runOnAllCores({ seeds, runner, answerWithinMs, onReport, signal }) {
  const left = [...seeds];
  const next = () => (signal.aborted ? undefined : left.shift());
  const workers = Array.from({ length: availableParallelism() }, async () => {
    const hand = openHand({ runner, answerWithinMs, signal });
    for (let seed = next(); seed !== undefined; seed = next()) onReport(await hand.run(seed));
    hand.close();
  });
  await Promise.all(workers);
}

function openHand({ runner, answerWithinMs, signal }) {
  let child = null;
  const end = () => child?.kill('SIGKILL');
  signal.addEventListener('abort', end, { once: true });
  return {
    run: async (seed) => {
      child ??= fork(runner);
      const report = await answerOf(child, seed, answerWithinMs);
      if (report !== null) return report;
      end();
      child = null;
      return noReport(seed, answerWithinMs);
    },
    close: () => {
      signal.removeEventListener('abort', end);
      end();
    },
  };
}

/** Null where there is none. */
async function answerOf(child, seed, answerWithinMs) {
  const over = new AbortController();
  const { signal } = over;
  const stopCounting = afterSeconds(answerWithinMs / 1_000, () => over.abort());
  try {
    child.send(seed);
    const [report] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => [null]),
    ]);
    return report;
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    return null;
  } finally {
    stopCounting();
    over.abort();
  }
}

/** Seconds that this process lived through: a machine that stood still for a while is no seed's fault. */
function afterSeconds(seconds, ring) {
  let left = seconds;
  const timer = setInterval(() => {
    left -= 1;
    if (left <= 0) ring();
  }, 1_000);
  return () => clearInterval(timer);
}

function noReport(seed, answerWithinMs) {
  const problem = `BELAY_SEED=${seed} shows it again\nits process ended, or did not answer within ${answerWithinMs / 1_000} s`;
  return { seed, problem, tasks: 0, kills: 0, isReplayed: false };
}
