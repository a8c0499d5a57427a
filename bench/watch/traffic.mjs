import { startLoad } from '../../tools/load/load.mjs';

/** A little of it on every service, from this process: it is not what is measured. */
export function startTraffic(bakes, { ratePerSecond }) {
  const loads = bakes.map(({ port }) =>
    startLoad({
      origin: `http://127.0.0.1:${port}`,
      ratePerSecond,
      mix: () => ({ method: 'GET', path: '/' }),
      retain: false,
    }),
  );
  return { stop: () => Promise.all(loads.map((load) => load.stop())) };
}
