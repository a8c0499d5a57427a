import { breakItYourself } from './break-it.mjs';
import { endEverything } from './end-everything.mjs';
import { frameOf } from './frame.mjs';
import { measure } from './measure.mjs';
import { readOptions } from './options.mjs';
import { perform } from './perform.mjs';
import { scenarios } from './scenarios.mjs';
import { openScreen } from './screen.mjs';
import { openStopSignal } from './stop-signal.mjs';
import { tableOf } from './table.mjs';
import { exitCodeOf, faultsOf } from './verdict.mjs';

/**
 * Plays the deployments of examples/shop under load, shows what became of them, and ends everything again.
 *
 * @param {{args: readonly string[], setupSeconds: number, temporal: import('../temporal/resolve.mjs').ResolvedTemporal, signal: AbortSignal}} options
 * @returns {Promise<number>} 0 only when every scenario ended as it should and the router failed no request
 */
export async function main({ args, setupSeconds, temporal, signal: given }) {
  const started = performance.now();
  const options = readOptions(args);
  if (options.help !== null) {
    process.stdout.write(`${options.help}\n`);
    return 0;
  }
  const demo = openDemo(given, options);
  demo.screen.print(introduction);
  const trouble = await perform(demo, temporal).then(
    () => null,
    (error) => error,
  );
  const figures = await measure(demo, options);
  const faults = faultsOf({ scenarios, figures, trouble, played: demo.played });
  if (figures.requests > 0) demo.screen.print(tableOf(figures, demo));
  const say = () => {
    if (options.json)
      process.stdout.write(`${JSON.stringify(resultOf(figures, { setupSeconds, started }))}\n`);
  };
  if (options.keep && faults.length === 0) {
    say();
    await breakItYourself(demo);
  } else {
    await endEverything(demo, faults);
    say();
  }
  return exitCodeOf(faults, trouble);
}

const introduction = [
  '',
  `Belay demo: ${scenarios.length} deployments of examples/shop on this machine, for real. It starts a Temporal server, the`,
  'platform (router and supervisor) and a worker of its own, sends requests through the router all the time,',
  'deploys with the ordinary CLI, and ends everything again. It takes about three minutes.',
  '',
];

/** What every part of the demo works with; `status` and `counts` are what the screen shows. */
function openDemo(given, { json }) {
  const stop = openStopSignal(given);
  const demo = { ...stop, stage: null, webUrl: null, played: [], current: null, footer: null };
  const counts = () => demo.stage?.counts() ?? { requests: 0, failed: 0 };
  const frame = () => demo.footer ?? frameOf({ ...demo, scenarios, counts: counts() });
  demo.screen = openScreen({ stream: json ? process.stderr : process.stdout, frame });
  return demo;
}

/** The object of the last line on stdout. */
function resultOf({ scenarios: played, requests, failedByRouter }, { setupSeconds, started }) {
  const totalSeconds = Math.round((performance.now() - started) / 100) / 10;
  return {
    schemaVersion: 1,
    scenarios: played,
    requests,
    failedByRouter,
    setupSeconds,
    totalSeconds,
  };
}
