import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { homeLayout } from '../domain/home-layout';

/**
 * Starts the platform of a home as a process of its own, which outlives whoever started it. A second one finds the first
 * and ends at once, so calling it twice is safe.
 */
export function startPlatform(home: string): Promise<void> {
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
