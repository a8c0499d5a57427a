import { pathToFileURL } from 'node:url';
import { buildIfStale } from './set-up/build.mjs';
import { installPackages } from './set-up/packages.mjs';
import { root, runTool } from './set-up/tool.mjs';
import { resolveTemporal } from './temporal/resolve.mjs';

const oldestNode = [20, 19];

/**
 * Brings a clone to where everything runs: packages, build, a Temporal server or its binary. Says a
 * line for each thing that it does and nothing for what is there; safe to run twice.
 *
 * @param {{log: (line: string) => void, signal?: AbortSignal, env?: NodeJS.ProcessEnv, needs?: {build?: boolean, temporal?: boolean}}} options
 * @returns {Promise<{seconds: number, temporal?: import('./temporal/resolve.mjs').ResolvedTemporal}>}
 */
export async function setUp({ log, signal, env = process.env, needs = {} }) {
  const started = performance.now();
  const { build = true, temporal: needsTemporal = true } = needs;
  const parts = ['packages', build && 'build', needsTemporal && 'Temporal'].filter(Boolean);
  log(`Setting up: ${parts.join(', ')}`);
  checkNode();
  const step = (name, work) => timed({ name, log, work });
  await step('packages', () => installPackages({ root, log, signal }));
  if (build) await step('build', () => buildIfStale({ root, log, signal }));
  const temporal = needsTemporal ? await resolveTemporal({ log, signal, env }) : undefined;
  const seconds = secondsSince(started);
  log(`Set up in ${seconds} s`);
  return { seconds, temporal };
}

async function timed({ name, log, work }) {
  const started = performance.now();
  if (await work()) log(`${name}: done in ${secondsSince(started)} s`);
}

function secondsSince(started) {
  return Math.round((performance.now() - started) / 100) / 10;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw Object.assign(
    new Error(
      `Belay needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}`,
    ),
    { exitCode: 2 },
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runTool(async ({ log, signal }) => {
    await setUp({ log, signal });
    return 0;
  });
}
