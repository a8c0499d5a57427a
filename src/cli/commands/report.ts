import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseTarget } from '../../client/find-run';
import {
  readVerificationFile,
  verificationName,
  type VerificationFile,
} from '../../domain/checks/verification-file';
import { BelayError } from '../../domain/errors';
import type { CliContext, Command } from '../context';
import type { DocumentFormat } from '../output/terminal';
import { documentText, showVerification } from '../show-verification';
import { writeDocument } from '../write-document';
import { verified } from './verify';

export interface ReportOptions {
  /** A deployment's id, SERVICE/ENVIRONMENT for the newest, or a folder to check now. */
  readonly what: string;
  readonly format: DocumentFormat;
  /** Where the report goes instead of stdout. */
  readonly file: string | undefined;
}

/** Shows all that the checks said. Exits 0 whenever it could be read, whatever the verdict. */
export const report: Command<ReportOptions> = async ({ what, format, file }, context) => {
  const answer = (await isFolder(resolve(context.cwd, what)))
    ? await ofFolder(what, context)
    : await ofDeployment(what, context);
  if (file === undefined) {
    showVerification(answer, format, context.terminal);
  } else {
    await writeDocument(resolve(context.cwd, file), documentText(answer, format, context.terminal));
    context.terminal.note(`${resolve(context.cwd, file)} is written`);
  }
  return 0;
};

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** With what the configuration says; tests and build are a matter of `verify`. */
async function ofFolder(folder: string, context: CliContext): Promise<VerificationFile> {
  const options = {
    folder,
    environment: undefined,
    config: undefined,
    advisories: undefined,
    evidence: [],
    cache: true,
    baseline: undefined,
    commands: 'none' as const,
  };
  return (await verified(options, context)).file;
}

async function ofDeployment(what: string, context: CliContext): Promise<VerificationFile> {
  const { artifacts } = context.adapters();
  const id = await deploymentId(what, context);
  if (id !== null) {
    const name = verificationName(id);
    for (const artifact of await artifacts.artifactsWith(name)) {
      const file = readVerificationFile(await artifacts.attached(artifact, name));
      if (file !== null) return file;
    }
  }
  throw new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `The artifact store has no report of ${what}. Nothing was changed; traffic stays as it is.`,
    {
      next: 'A deployment that was ended before its checks, or that brought back what had passed them before, has none of its own. `belay history` lists deployments.',
    },
  );
}

async function deploymentId(what: string, { adapters }: CliContext): Promise<string | null> {
  const target = parseTarget(what);
  if ('deployment' in target) return target.deployment;
  const [newest] = await adapters().ledger.list({ ...target, limit: 1 });
  return newest?.deploymentId ?? null;
}
