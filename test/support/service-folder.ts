import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A service's repository: files by path, `belay.yaml` among them. Answers the folder. */
export function serviceFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'belay-service-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A service of a few lines that answers everything, and says which version it is. */
export function helloServer(version: string): string {
  return `
const http = require('node:http');
const server = http.createServer((request, response) => response.end('hello from ${version}\\n'));
server.keepAliveTimeout = 80000;
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('${version} listens'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;
}

/**
 * A `verify` that lasts until somebody ends it: it waits for requests that nobody sends. With a long `least` instead, the
 * way back would be watched for as long.
 */
export const VERIFY_ON_AND_ON = '{ least: 1, longest: 600, requests: 100000 }';

/** A `belay.yaml` that deploys fast; lines in \`change\` replace those with the same key. */
export function helloConfig(port: number, change: Readonly<Record<string, string>> = {}): string {
  const lines: Record<string, string> = {
    service: 'hello',
    artifact: './dist',
    run: '[node, server.js]',
    listen: String(port),
    health: '{ path: /health, interval: 0.5 }',
    instances: '1',
    startWithin: '10',
    stopGrace: '2',
    drain: '2',
    rollbackWindow: '60',
    verify: '{ least: 1, longest: 20 }',
    rollbackCriteria: '{}',
    ...change,
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}
