import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BelayError } from '../../domain/errors';
import type { CliContext, Command } from '../context';
import { judgeDeployment } from '../judge-deployment';
import { judgeFile } from '../judge-file';
import { deploymentAnswer } from '../output/judge/deployment-answer';
import { fileAnswer } from '../output/judge/file-answer';
import { styleOf } from '../output/style';

export interface JudgeOptions {
  /** A file with recorded windows, a deployment's id, or SERVICE/ENVIRONMENT for the newest. */
  readonly what: string;
  /** The configuration by whose rules a deployment is judged again. */
  readonly config: string | undefined;
  readonly environment: string | undefined;
}

/** Judges recorded windows, or a past deployment again. Exits 0 when judged, whatever the verdict. */
export const judge: Command<JudgeOptions> = async (options, context) => {
  const file = resolve(context.cwd, options.what);
  if (await isFile(file)) await ofFile(file, options, context);
  else await ofDeployment(options, context);
  return 0;
};

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    // A pipe, as of `belay judge /dev/stdin` or `<(…)`, is read like a file.
    (found) => found.isFile() || found.isFIFO(),
    () => false,
  );
}

async function ofFile(
  path: string,
  { what, config, environment }: JudgeOptions,
  { terminal }: CliContext,
): Promise<void> {
  if (config !== undefined || environment !== undefined) {
    throw new BelayError(
      'USAGE',
      `${what} is a file, which says itself what it is judged by. Nothing was judged; traffic is not touched by \`judge\`.`,
      { next: 'Leave --config and --environment out, or name a deployment.' },
    );
  }
  const judged = await judgeFile(path);
  const { unused } = judged;
  if (unused.length > 0) {
    terminal.note(
      `not used by the mode threshold: ${unused.map((key) => `config.${key}`).join(', ')}`,
    );
  }
  terminal.result(fileAnswer(judged, styleOf(terminal)));
}

async function ofDeployment(options: JudgeOptions, context: CliContext): Promise<void> {
  await refuseMissingFile(options.what, context);
  const { terminal } = context;
  const judged = await judgeDeployment(options.what, options, context);
  judged.notes.forEach(terminal.note);
  terminal.result(deploymentAnswer(judged, styleOf(terminal)));
}

/** No deployment and no service is called like that: say what is wrong with it as a file. */
async function refuseMissingFile(what: string, { cwd }: CliContext): Promise<void> {
  if (!/\.json$|^[./~]/i.test(what)) return;
  const isThere = await stat(resolve(cwd, what)).then(
    () => true,
    () => false,
  );
  throw new BelayError(
    'USAGE',
    `${isThere ? `${what} is a folder or a device, not a file` : `There is no file ${what}`}. Nothing was judged; traffic is not touched by \`judge\`.`,
    { next: 'Name a file of recorded windows (docs/judge.md), or a deployment.' },
  );
}
