import { join } from 'node:path';
import { built } from '../../tools/demo/built.mjs';
import { startLoadClient } from '../../tools/demo/load-client.mjs';
import { readLines } from '../../tools/load/read-lines.mjs';
import { freePort } from '../../tools/throwaway-home/free-port.mjs';
import { requestOfFile } from '../throwaway/request-of-file.mjs';
import { isFaulty, lateMs } from './exposure.mjs';
import { serviceFile } from './service-file.mjs';

const answerWithinMs = 10_000;
const worthKeepingMs = 100;
const mostLines = 500;

export function serviceOf(index) {
  return `shop-${index + 1}`;
}

/**
 * One service, its listener, its load, and what is known of both. Starts nothing.
 *
 * @param {{index: number, ground: import('../throwaway/throwaway-home.mjs').ThrowawayHome, artifact: string}} options
 * @typedef {Awaited<ReturnType<typeof openLane>>} Lane
 */
export async function openLane({ index, ground, artifact }) {
  const service = serviceOf(index);
  const { environment, folder, home } = ground;
  const ref = { service, environment };
  const port = await freePort();
  const recordsFile = join(folder, `${service}.jsonl`);
  const { createPlatformClient, fleetPath, servicePath } = built('adapters/platform-client.js');
  const { platformSocketPath } = built('platform/socket-path.js');
  const platform = createPlatformClient(platformSocketPath(home));
  const ask = (path) => platform.read(path, AbortSignal.timeout(answerWithinMs));
  let load = null;
  let reading = Promise.resolve(0);

  const lane = {
    index,
    service,
    /** Requests so far, those that did not go well, and the stretches in which the load came late. */
    ...{ requests: 0, faulty: [], held: [] },
    /** The request for one more revision, as the command line would make it of a `belay.yaml`. */
    requestFor(planned) {
      const text = serviceFile({ service, environment, artifact, port, ...planned });
      return requestOfFile(text, { folder, label: planned.label });
    },
    /** Percent by revision, as the router gives it now. */
    observe: async () => (await ask(servicePath(ref)))?.traffic.observed ?? {},
    /** When the first process of this revision ended by itself; null where none did. */
    async exitAtMs(revision) {
      const logs = await ask(fleetPath(ref, revision, `/logs?lines=${mostLines}`));
      const exits = (logs?.lines ?? []).flatMap(({ line }) => exitOf(line));
      return exits.length === 0 ? null : Math.min(...exits);
    },
    startLoad({ ratePerSecond, onLost }) {
      const origin = `http://127.0.0.1:${port}`;
      load = startLoadClient({ origin, ratePerSecond, file: recordsFile, onLost });
    },
    /** Reads what the load client has recorded meanwhile: each request once it has ended. */
    catchUp() {
      const file = recordsFile;
      reading = reading.then((at) => {
        return readLines({ file, at }, (line) => take(lane, JSON.parse(line))).catch(() => at);
      });
      return reading;
    },
    abandonLoad: async () => load?.abandon(),
  };
  return lane;
}

function take(lane, record) {
  lane.requests += 1;
  if (isFaulty(record)) lane.faulty.push(record);
  if (lateMs(record) < worthKeepingMs) return;
  lane.held.push({ fromMs: record.dueAtMs, toMs: record.startedAtMs });
}

function exitOf(line) {
  if (!line.startsWith('{"event":"exits"')) return [];
  return [JSON.parse(line).atMs];
}
