import { parseArgs } from 'node:util';

const usage = `usage: npm run demo -- [--output text|json] [--keep]

  --output json   one JSON object as the last line on stdout, everything else on stderr
  --keep          leave everything running at the end, to break it yourself`;

/**
 * What the command line asks for.
 *
 * @returns {{json: boolean, keep: boolean, help: string | null}}
 * @throws {Error} with `exitCode` 2 on wrong usage
 */
export function readOptions(args) {
  const { output, keep, help } = parse(args);
  if (output !== 'text' && output !== 'json')
    throw wrong(`--output ${output} is neither text nor json`);
  return { json: output === 'json', keep, help: help ? usage : null };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        output: { type: 'string', default: 'text' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw wrong(error.message);
  }
}

function wrong(why) {
  return Object.assign(new Error(`demo: ${why}\n${usage}`), { exitCode: 2 });
}
