import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { homeLayout } from '../domain/home-layout';

/** Set to `elsewhere` where something else keeps the platform running: a container, a system service. */
export const PLATFORM_VARIABLE = 'BELAY_PLATFORM';

/**
 * Starts the platform, unless something else keeps it running: a second one, started here, would take the first one's
 * socket, and its ports would be reached by nobody.
 */
export function mendPlatform(home: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (env[PLATFORM_VARIABLE] !== 'elsewhere') return startPlatform(home);
  return Promise.reject(
    new Error(`${PLATFORM_VARIABLE}=elsewhere: what keeps the platform running has to start it`),
  );
}

/**
 * Starts the platform of a home as a process of its own, which outlives whoever started it. A second one finds the first
 * and ends at once, so calling it twice is safe.
 */
function startPlatform(home: string): Promise<void> {
  const { logs } = homeLayout(home);
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const log = openSync(join(logs, 'platform.log'), 'a', 0o600);
  const main = join(__dirname, '..', 'platform', 'main.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, '--home', home], {
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
