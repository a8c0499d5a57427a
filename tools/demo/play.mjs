import { watchDeployment } from './watch.mjs';

const overWithinMs = 120_000;
const settlesWithinMs = 60_000;

/**
 * Plays one scenario to where it is live or has ended.
 *
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {{stage: import('./stage.mjs').Stage, say: (text: string) => void, signal: AbortSignal, onStatus: (status: object) => void}} options
 * @typedef {{stage: import('./stage.mjs').Stage, watch: ReturnType<typeof watchDeployment>, say: (text: string) => void, signal: AbortSignal}} Scene
 * @returns {Promise<{name: string, startedAtMs: number, workflowId: string, runId: string, watch: object, status: object, trouble: string | null}>}
 *   `trouble`: why the scenario did not go as its story says, although its deployment ended
 */
export async function play(scenario, { stage, say, signal, onStatus }) {
  const startedAtMs = Date.now();
  say(`${scenario.name}: ${scenario.story}`);
  const started = await stage.deploy(scenario, { signal });
  const watch = watchDeployment({
    deployment: started.deployment,
    env: stage.belay.env,
    signal,
    onStatus,
  });
  const trouble = await act(scenario, { stage, watch, say, signal });
  await watch.until('it to be live or ended', isOver, overWithinMs);
  const { workflowId, runId } = started;
  return {
    ...{ name: scenario.name, startedAtMs, workflowId, runId, watch, trouble },
    /** As it was seen last: a live deployment goes on. */
    get status() {
      return watch.latest();
    },
  };
}

/** An act that comes too late because the deployment has ended is trouble to be shown; any other error is ours. */
async function act({ acts }, scene) {
  try {
    for (const next of acts) await next(scene);
    return null;
  } catch (error) {
    if (scene.signal.aborted || scene.watch.latest()?.phase !== 'ended') throw error;
    return error.message;
  }
}

/** A live deployment that made way has its outcome a moment later; waits for that of all that ended. */
export async function settle(played) {
  const hasOutcome = ({ outcome }) => outcome !== null;
  for (const { watch } of played) {
    await watch.until('its outcome', hasOutcome, settlesWithinMs);
  }
}

function isOver({ phase, live }) {
  return phase === 'ended' || live;
}
