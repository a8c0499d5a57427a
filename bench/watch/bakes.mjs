import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../tools/throwaway-home/free-port.mjs';
import { requestOfFile } from '../throwaway/request-of-file.mjs';
import { serviceFile } from './service-file.mjs';

const entry = 'tiny-service.cjs';
/** More at once would only wait for each other. */
const atOnce = 6;
const endWithinMs = 240_000;
const lookEveryMs = 500;

/** @returns {readonly string[]} */
export function servicesOf(count) {
  return Array.from({ length: count }, (_, index) => `tiny-${index + 1}`);
}

/**
 * Brings every service to where its second revision is watched, and stays so.
 *
 * @param {{ground: import('../throwaway/throwaway-home.mjs').ThrowawayHome, client: object, signal: AbortSignal, log: (line: string) => void}} bench
 * @param {readonly string[]} services
 * @returns {Promise<readonly {service: string, port: number, deployment: string}[]>}
 */
export async function openBakes(bench, services) {
  const { ground, log } = bench;
  const artifact = join(ground.folder, 'artifact');
  await mkdir(artifact);
  await copyFile(fileURLToPath(new URL(entry, import.meta.url)), join(artifact, entry));
  const left = [...services];
  const open = [];
  const openSome = async () => {
    for (let service = left.shift(); service !== undefined; service = left.shift()) {
      open.push(await openOne({ ...bench, artifact }, service));
      if (open.length % 10 === 0) log(`${open.length} of ${services.length} are watched`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, openSome));
  return open;
}

async function openOne(bench, service) {
  const port = await freePort();
  const first = { label: 'first', strategy: 'blue-green' };
  await deploy(bench, { service, port, ...first }, ({ phase }) => phase === 'ended');
  const second = { label: 'second', strategy: 'canary' };
  const run = await deploy(bench, { service, port, ...second }, isBaking);
  return { service, port, deployment: run.deployment };
}

async function deploy({ ground, artifact, client, signal }, options, isThere) {
  const { environment, folder } = ground;
  const text = serviceFile({ ...options, environment, artifact });
  const request = requestOfFile(text, { folder, label: options.label });
  const { run } = await client.start(request, { waitForWorkersMs: 20_000, signal });
  const endsAtMs = Date.now() + endWithinMs;
  for (;;) {
    const { status } = await client.status(run);
    if (isThere(status)) return run;
    if (status.phase === 'ended' || Date.now() > endsAtMs)
      throw new Error(`${run.deployment}: ${status.cause ?? 'it took too long'}`);
    await sleep(lookEveryMs, undefined, { signal });
  }
}

function isBaking({ steps }) {
  return steps.some(({ kind, state }) => kind === 'bake' && state === 'doing');
}
