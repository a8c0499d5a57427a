import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseTarget } from '../../client/find-run';
import type { VerificationFile } from '../../domain/checks/verification-file';
import { BelayError } from '../../domain/errors';
import type { CliContext, Command } from '../context';
import { keptVerification } from '../kept-verification';
import { deploymentReportPage } from '../output/deployment-report/report-page';
import { summarySentence } from '../output/deployment-report/outcome-words';
import { plain } from '../output/style';
import type { DocumentFormat } from '../output/terminal';
import { readDeploymentReport } from '../read-deployment-report';
import { documentText, showVerification } from '../show-verification';
import { writeDocument } from '../write-document';
import { verified } from './verify';

export interface ReportOptions {
  /** A deployment's id, SERVICE/ENVIRONMENT for the newest, or a folder to check now. */
  readonly what: string;
  readonly format: DocumentFormat;
  /** Where the report goes instead of stdout. */
  readonly file: string | undefined;
  /** Where the page about the whole deployment goes. */
  readonly html: string | undefined;
}

/** Shows all that the checks said, or the whole deployment as a page. Exits 0 whenever it could be read, whatever it says. */
export const report: Command<ReportOptions> = async (options, context) => {
  if (options.html === undefined) await showChecks(options, context);
  else await writePage(options.what, resolve(context.cwd, options.html), context);
  return 0;
};

async function writePage(what: string, path: string, context: CliContext): Promise<void> {
  if (await isFolder(resolve(context.cwd, what))) {
    throw new BelayError(
      'USAGE',
      `${what} is a folder, and --html is about a deployment. Nothing was written; traffic stays as it is.`,
      { next: 'For what the checks say of a folder: `--output html --file FILE`.' },
    );
  }
  const deployment = await readDeploymentReport(what, context);
  await writeDocument(path, deploymentReportPage(deployment));
  const { status } = deployment;
  context.terminal.result({
    json: { schemaVersion: 1, deployment: status.deployment, outcome: status.outcome, html: path },
    text: [plain(summarySentence(deployment)), `${path} is written`],
  });
}

async function showChecks(
  { what, format, file }: ReportOptions,
  context: CliContext,
): Promise<void> {
  const answer = (await isFolder(resolve(context.cwd, what)))
    ? await ofFolder(what, context)
    : await ofDeployment(what, context);
  if (file === undefined) {
    showVerification(answer, format, context.terminal);
  } else {
    await writeDocument(resolve(context.cwd, file), documentText(answer, format, context.terminal));
    context.terminal.note(`${resolve(context.cwd, file)} is written`);
  }
}

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
  const id = await deploymentId(what, context);
  const file = id === null ? null : await keptVerification(id, context);
  if (file !== null) return file;
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
