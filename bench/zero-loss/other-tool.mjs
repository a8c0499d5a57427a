import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLine, runCommand } from '../../tools/run-command.mjs';
import { resolveVegeta } from '../../tools/vegeta/resolve.mjs';
import { readHeySummary, readVegetaReport } from './tool-reports.mjs';

const withinMs = 20_000;
/** What it has in flight ends within 10 s. */
const stopWithinMs = 20_000;
const order = JSON.stringify({ items: [{ product: 1, quantity: 3 }] });

/**
 * A load tool that others wrote, to see whether it counts what we count: vegeta, else hey where it is installed.
 *
 * @returns {Promise<{name: string, prepare: Function, command: Function, report: Function} | null>} null: there is none
 */
export async function findOtherTool({ log, signal }) {
  const found = await resolveVegeta({ log, signal });
  if (found.ok) return vegeta(found);
  const hey = await runCommand(['hey', '-h'], { timeoutMs: withinMs, signal });
  if (hey.error === undefined) return heyTool;
  log(`no other load tool confirms the totals: ${found.why}; nor is hey`);
  return null;
}

/**
 * Starts it on a listener, at a small constant rate, with a connection for each request.
 *
 * @param {NonNullable<Awaited<ReturnType<typeof findOtherTool>>>} tool
 * @param {{origin: string, ratePerSecond: number, folder: string, name: string}} options `name` of its files in `folder`
 */
export async function startOtherTool(tool, { origin, ratePerSecond, folder, name }) {
  const where = { origin, ratePerSecond, file: join(folder, `${tool.name}-${name}`) };
  await tool.prepare(where);
  const [file, ...args] = tool.command(where);
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let words = '';
  let failure = null;
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (words = (words + text).slice(-500)));
  child.on('error', (error) => (failure = error));
  const closed = once(child, 'close').catch(() => undefined);
  return {
    /** Sends nothing more, awaits what is in flight, and says what it counted. Idempotent. */
    async stop() {
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await closed;
      clearTimeout(timer);
      if (failure !== null) throw failure;
      if (child.exitCode !== 0) throw new Error(`${tool.name} ended badly: ${words.trim()}`);
      return tool.report({ ...where, output });
    },
    /** Ends it at once. */
    async abandon() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function vegeta({ path }) {
  return {
    name: 'vegeta',
    async prepare({ origin, file }) {
      await writeFile(`${file}.body`, order);
      const targets = [
        `GET ${origin}/products`,
        `POST ${origin}/orders\nContent-Type: application/json\n@${file}.body`,
      ];
      await writeFile(`${file}.targets`, `${targets.join('\n\n')}\n`);
    },
    command: ({ ratePerSecond, file }) => [
      ...[path, 'attack', '-targets', `${file}.targets`, '-output', `${file}.results`],
      ...['-rate', `${ratePerSecond}/s`, '-duration', '0', '-timeout', '10s', '-keepalive=false'],
    ],
    async report({ file }) {
      const command = [path, 'report', '-type', 'json', `${file}.results`];
      const answer = await runCommand(command, { timeoutMs: withinMs });
      if (answer.code !== 0) throw new Error(`vegeta report: ${lastLine(answer)}`);
      return readVegetaReport(answer.stdout);
    },
  };
}

const heyTool = {
  name: 'hey',
  prepare: async () => undefined,
  /** Its rate is a worker's. */
  command: ({ origin, ratePerSecond }) => [
    ...['hey', '-z', '24h', '-c', '5', '-q', `${ratePerSecond / 5}`, '-t', '10'],
    ...['-disable-keepalive', '-disable-redirects', `${origin}/products`],
  ],
  report: async ({ output }) => readHeySummary(output),
};
