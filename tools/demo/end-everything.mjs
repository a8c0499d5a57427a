import { lastWords } from './last-words.mjs';

/**
 * Ends all processes. The folder goes too, unless something went wrong that its logs may explain; what they say last is
 * shown then.
 *
 * @param {readonly string[]} faults see verdict.mjs
 */
export async function endEverything(demo, faults) {
  const { stage, screen, signal, abort } = demo;
  const wasStopped = signal.aborted && /^stopped by /.test(signal.reason.message);
  const isKept = faults.length > 0 && !wasStopped;
  abort(new Error('the demo is over'));
  demo.current = null;
  if (stage !== null) {
    // Before the end of the processes fills the logs.
    const words = isKept ? await lastWords(stage.home) : [];
    screen.say('belay down --all: ending the services, the platform, the worker and Temporal');
    const wrong = await stage.close();
    wrong.forEach((sentence) => screen.say(sentence));
    if (isKept) screen.print([...words, '', `Everything is kept in ${stage.folder}`]);
    else await stage.removeFolder();
  }
  screen.end();
  screen.print(faults.map((fault) => `demo: ${fault}`));
}
