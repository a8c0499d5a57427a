import { built } from './built.mjs';

const downWithinMs = 150_000;
const abortWithinMs = 60_000;
const graceMs = 5_000;

/**
 * `belay down --all`; afterwards whatever of ours still runs is ended by its pid. On a Temporal server that is not ours
 * a deployment that still runs is aborted first: it would stay there for ever.
 *
 * @param {Pick<import('./stage.mjs').Stage, 'isOwnTemporal' | 'belay' | 'names' | 'processes' | 'platform'>} stage
 * @returns {Promise<readonly string[]>} what did not go as it should
 */
export async function stopAll(stage) {
  const wrong = [];
  const attempt = (work) => work.catch((error) => wrong.push(error.message));
  if (!stage.isOwnTemporal) await attempt(endRunning(stage));
  const known = await ours(stage);
  await attempt(stage.belay.run(['down', '--all'], { timeoutMs: downWithinMs }));
  const { stopProcess } = built('cli/processes/stop-process.js');
  for (const { name, identity } of known) {
    const how = await stopProcess(identity, graceMs);
    if (how !== 'was not running')
      wrong.push(`${name} (pid ${identity.pid}) had to be ended by hand`);
  }
  return wrong;
}

async function endRunning({ belay, names }) {
  for (const name of names) {
    const status = await belay.run(['status', name]).catch(() => null);
    if (status === null || status.phase === 'ended') continue;
    await belay.run(['abort', name, '--as', 'demo'], { timeoutMs: abortWithinMs });
  }
}

/** Every process that the demo answers for, told apart from later ones with the same pid. */
async function ours(stage) {
  const { identify } = built('client/process-identity.js');
  const { worker, platform, temporal } = stage.processes();
  const recorded = Object.entries({ worker, platform, temporal })
    .filter(([, identity]) => identity !== null)
    .map(([name, identity]) => ({ name, identity }));
  const services = (await stage.platform())?.services ?? [];
  const instances = services
    .flatMap(({ fleets }) => fleets.flatMap(({ instances: all }) => all))
    .flatMap(({ id, pid }) => {
      const identity = pid === null ? null : identify(pid);
      return identity === null ? [] : [{ name: `instance ${id}`, identity }];
    });
  return [...recorded, ...instances];
}
