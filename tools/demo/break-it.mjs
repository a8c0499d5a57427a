import { setTimeout as sleep } from 'node:timers/promises';
import { play } from './play.mjs';

const lookEveryMs = 1_000;
/** One more revision goes live, so that there is something to roll back: its old fleet still stands. */
const playground = {
  name: 'playground',
  revision: 2,
  strategy: 'blue-green',
  approval: false,
  story: 'revision 2 goes live and stays, with revision 4 standing by',
  acts: [],
};

/** Leaves everything running, says how to break it and how to end it, and counts failed requests until Ctrl-C. */
export async function breakItYourself(demo) {
  const { stage, screen, signal } = demo;
  await play(playground, { stage, say: screen.say, signal, onStatus: () => undefined }).catch(
    (error) => screen.say(error.message),
  );
  screen.print(invitation(stage, await servingPid(stage)));
  while (!signal.aborted) {
    const { requests, failed } = stage.counts();
    const pid = await servingPid(stage);
    const line = `${requests} requests, ${failed} failed; an instance that serves now: kill -9 ${pid ?? '?'}`;
    demo.footer = { lines: [line], line, key: `${failed} ${pid}` };
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
  screen.end();
  await stage.stopLoad();
  screen.print([
    '',
    'The load has ended. Everything else goes on; to end it:',
    '',
    ...ending(stage),
  ]);
}

function invitation(stage, pid) {
  const { home, name, origin } = stage;
  return [
    '',
    `Break it yourself. The shop is on ${origin}, and the load goes on.`,
    '',
    `  kill -9 ${pid}`,
    `  export BELAY_HOME=${home}`,
    `  npm run -s belay -- rollback ${name} --reason "I said so"`,
    `  npm run -s belay -- status ${name} --watch`,
    '',
    'Ctrl-C ends the load and this count; everything else goes on. To end it too:',
    '',
    ...ending(stage),
    '',
  ];
}

function ending({ home, folder }) {
  return [`  BELAY_HOME=${home} npm run -s belay -- down --all`, `  rm -r ${folder}`];
}

/** An instance that gets traffic right now; null where none does. */
async function servingPid({ platform }) {
  const [service] = (await platform())?.services ?? [];
  const weights = Object.entries(service?.traffic.observed ?? {});
  const [serving] = weights.find(([, weight]) => weight > 0) ?? [];
  const fleet = service?.fleets.find(({ revision }) => revision === serving);
  return fleet?.instances.find(({ state }) => state === 'healthy')?.pid ?? null;
}
