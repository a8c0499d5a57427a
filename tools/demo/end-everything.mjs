import { lastWords } from './last-words.mjs';

/**
 * Ends all processes. The folder goes too, unless something went wrong that its logs may explain; what they say last is
 * shown then.
 *
 * @param {readonly string[]} faults see verdict.mjs
 */
export async function endEverything({ stage, screen, signal, abort }, faults) {
  const wasStopped = signal.aborted && /^stopped by /.test(signal.reason.message);
  abort(new Error('the demo is over'));
  if (stage !== null) {
    screen.say('belay down --all: ending the services, the platform, the worker and Temporal');
    const wrong = await stage.close();
    wrong.forEach((sentence) => screen.say(sentence));
    if (faults.length === 0 || wasStopped) await stage.removeFolder();
    else
      screen.print([...(await lastWords(stage.home)), '', `Everything is kept in ${stage.folder}`]);
  }
  screen.end();
  screen.print(faults.map((fault) => `demo: ${fault}`));
}
