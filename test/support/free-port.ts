import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that Linux and macOS hand out by themselves, so that nothing takes one in between. */
const FIRST = 12_000;
const PAST_LAST = 32_000;
const TRIES = 50;

/** A port of the loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = randomInt(FIRST, PAST_LAST);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port among ${TRIES} tries`);
}

export async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
