import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { setUp } from './setup.mjs';
import { root, runTool } from './set-up/tool.mjs';

const folder = join(root, 'bench');

/**
 * `npm run -s bench -- NAME [--count N] [--output json]`. A benchmark is `bench/NAME.mjs` and
 * exports `run({count, temporal, log, signal})`, which answers `{figures, goals}`; `count` is
 * undefined unless asked for, a figure that could not be measured is null. Where it exports
 * `numbers`, these are its options instead of `count`: names of whole numbers above 0. `remarks`
 * are sentences for people, below the figures.
 */
await runTool(async ({ log, signal }) => {
  const name = readName();
  const { run, numbers = ['count'] } = await import(
    pathToFileURL(join(folder, `${name}.mjs`)).href
  );
  const { output, ...asked } = readOptions(numbers);
  const { temporal } = await setUp({ log, signal });
  const { figures, goals, remarks = [] } = await run({ ...asked, temporal, log, signal });
  const report = { schemaVersion: 1, name, figures, goals, holds: judge(figures, goals) };
  process.stdout.write(output === 'json' ? `${JSON.stringify(report)}\n` : table(report, remarks));
  return 0;
});

function readName() {
  const names = existsSync(folder)
    ? readdirSync(folder).flatMap((file) => /^(.+)[.]mjs$/.exec(file)?.slice(1) ?? [])
    : [];
  const { positionals } = parseArgs({ strict: false });
  const name = positionals.find((word) => names.includes(word));
  if (name === undefined) throw usage(`which benchmark? There are: ${names.join(', ')}`);
  return name;
}

function readOptions(numbers) {
  const { output, ...texts } = parseOptions(numbers);
  if (!['text', 'json'].includes(output)) throw usage('--output is text or json');
  return {
    output,
    ...Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, wholeNumber(key, text)]),
    ),
  };
}

function parseOptions(numbers) {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        ...Object.fromEntries(numbers.map((key) => [key, { type: 'string' }])),
        output: { type: 'string', default: 'text' },
      },
    }).values;
  } catch (error) {
    throw usage(error.message);
  }
}

function wholeNumber(key, text) {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw usage(`--${key} takes a whole number above 0`);
}

/** True when every goal is met, false when one is missed, else null: something is unmeasured. */
function judge(figures, goals) {
  const answers = Object.entries(goals).map(([key, goal]) => meets(figures[key], goal));
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

function meets(figure, { min = -Infinity, max = Infinity }) {
  return figure === null || figure === undefined ? null : figure >= min && figure <= max;
}

function table({ name, figures, goals, holds }, remarks) {
  const rows = Object.entries(figures).map(([key, figure]) => {
    const goal = goals[key] ? `   goal ${JSON.stringify(goals[key])}` : '';
    return `  ${key.padEnd(28)} ${JSON.stringify(figure)}${goal}`;
  });
  const verdict = `  holds: ${holds ?? 'not measured'}`;
  return [`bench ${name}`, ...rows, ...remarks.map((text) => `  ${text}`), verdict, ''].join('\n');
}

function usage(message) {
  return Object.assign(new Error(`bench: ${message}`), { exitCode: 2 });
}
