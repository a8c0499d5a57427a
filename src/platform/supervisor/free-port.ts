import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range that systems take outgoing ports from (from 32768 on Linux, 49152 on macOS). */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;
const MOST_TRIES = 200;

/** A port on loopback that is free now and that `isTaken` does not claim. */
export async function freePort(isTaken: (port: number) => boolean): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (!isTaken(port) && (await canListen(port))) return port;
  }
  throw new Error(`no free port between ${FIRST_PORT} and ${LAST_PORT} after ${MOST_TRIES} tries`);
}

/** Tried on all addresses, as most services listen there. */
function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
