import { watchDeployment } from './watch.mjs';

const overWithinMs = 120_000;
const settlesWithinMs = 60_000;
const mostQuestions = 5;

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
  const status = watch.latest();
  // While it waited for the one before it to make way it had no run of its own yet.
  const { workflowId, runId } = status;
  return { name: scenario.name, startedAtMs, workflowId, runId, watch, trouble, status };
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

/**
 * Gives every scenario its last status: a live deployment that made way for the next has its outcome a moment later.
 *
 * @param {readonly object[]} played see `play`; their `status` is replaced
 */
export async function settle(played, { stage, signal }) {
  const hasOutcome = ({ outcome }) => outcome !== null;
  for (const one of played) {
    const stillServes = one === played.at(-1) && one.status.phase !== 'ended';
    if (stillServes) continue;
    await one.watch.until('its outcome', hasOutcome, settlesWithinMs);
    one.status = await wholeStatus(one.watch, { stage, signal });
  }
}

/** Where the workflow itself did not answer in time, the status says less than it knows: it is asked again. */
async function wholeStatus(watch, { stage, signal }) {
  let status = watch.latest();
  for (let tries = 0; tries < mostQuestions && status.source !== 'workflow'; tries += 1) {
    status = await stage.belay.run(['status', watch.deployment], { signal });
  }
  return status;
}

function isOver({ phase, live }) {
  return phase === 'ended' || live;
}
