import { percentile } from './figures.mjs';

const everyMs = 10_000;
/** Longer ones are told one by one, with where the time went. */
const slowMs = 1_000;

/** Says how it goes every ten seconds. */
export function openProgress({ left, measured, seen, log }) {
  const startedAtMs = Date.now();
  let rounds = 0;
  let last = 0;
  const timer = setInterval(say, everyMs);

  function say() {
    if (rounds === last) return;
    last = rounds;
    const times = measured.map(({ rollbackMs }) => rollbackMs);
    const perRound = (Date.now() - startedAtMs) / rounds;
    const leftMs = left() * perRound;
    const figures = `p50 ${percentile(times, 50)} ms, worst ${percentile(times, 100)} ms`;
    const load = `${seen.requests()} requests, ${seen.routerFailures().length} failed by the router`;
    log(
      `${measured.length} measured in ${rounds} rounds, ${left()} to go, about ${minutes(leftMs)}: ${figures}; ${load}`,
    );
  }

  return {
    played({ moment, one }) {
      rounds += 1;
      if (process.env.BELAY_DEBUG) log(`${moment}: ${JSON.stringify(one)}`);
      if (one !== null && one.rollbackMs >= slowMs) log(`slow: ${JSON.stringify(one)}`);
    },
    stop: () => clearInterval(timer),
  };
}

function minutes(ms) {
  return ms < 90_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
