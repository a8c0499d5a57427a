import { play, settle } from './play.mjs';
import { writeReportPage } from './report-page.mjs';
import { scenarios } from './scenarios.mjs';
import { openStage } from './stage.mjs';
import { outcomeOf } from './tally.mjs';

/**
 * Sets the stage and plays the scenarios; `demo` holds what was played so far, whatever happens.
 *
 * @throws {Error} when something broke, or the demo was stopped
 */
export async function perform(demo, temporal) {
  const { screen, signal } = demo;
  demo.stage = await openStage({ temporal, onLost: demo.abort });
  screen.say(`everything lives in ${demo.stage.folder}`);
  screen.say('belay up: starting Temporal, the platform and a worker');
  const { temporal: server, platform, worker } = await demo.stage.up();
  signal.throwIfAborted();
  demo.webUrl = server.webUrl;
  screen.say(`Temporal ${server.address}, its web page ${server.webUrl ?? 'unknown to us'}`);
  screen.say(`platform pid ${platform.pid}, worker pid ${worker.pid}`);
  for (const scenario of scenarios) {
    if (!(await playOne(scenario, demo))) break;
  }
  await settle(demo.played, demo);
}

/** Answers whether it went as it should: what follows builds on it. */
async function playOne(scenario, demo) {
  const { screen, stage, signal } = demo;
  demo.current = { name: scenario.name, status: null };
  const one = await play(scenario, {
    ...{ stage, signal, say: screen.say },
    onStatus: (status) => {
      if (demo.current?.name === scenario.name) demo.current.status = status;
      screen.draw();
    },
  });
  demo.current = null;
  demo.played.push(one);
  const { cause } = one.status;
  const outcome = outcomeOf(one.status);
  screen.say(`${scenario.name}: ${outcome}${cause === null ? '' : `. ${cause}`}`);
  if (scenario.isReported) {
    one.reportPage = await writeReportPage(one, { stage, signal });
    screen.say(`${scenario.name}: its report page is ${one.reportPage}`);
  }
  return outcome === scenario.expected && one.trouble === null;
}
