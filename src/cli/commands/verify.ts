import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CheckId } from '../../domain/checks/check-summary';
import type { VerificationFile } from '../../domain/checks/verification-file';
import { BelayError } from '../../domain/errors';
import type { CheckSubject } from '../../ports/check-subject';
import type { CheckTools } from '../../ports/check-tools';
import { createCheckTools } from '../../workers/check-tools';
import { verifyFolder, type FolderOrder } from '../../workers/verify-folder';
import { readBaseline } from '../baseline';
import { checkChoice, type ConfigChoice } from '../check-choice';
import type { CliContext, Command } from '../context';
import { gitCommit } from '../git-commit';
import { writeDocument } from '../write-document';
import type { DocumentFormat } from '../output/terminal';
import { endLine } from '../output/check-end';
import { showVerification } from '../show-verification';
import { verificationPage } from '../output/verification-page';

export interface VerifyOptions extends ConfigChoice {
  /** The folder to look at; relative to the working directory. */
  readonly folder: string;
  readonly format: DocumentFormat;
  /** An earlier answer of `verify --output json`, for relative gates and gates over new findings. */
  readonly baseline: string | undefined;
  /** Where the bill of materials goes, and the report as a page. */
  readonly sbom: string | undefined;
  readonly report: string | undefined;
}

/** Runs every check over a folder, without Temporal: exit 0 passed, 5 blocked. */
export const verify: Command<VerifyOptions> = async (options, context) => {
  const { file, subject, tools } = await verified(options, context);
  showVerification(file, options.format, context.terminal);
  await writeDocuments(options, { file, subject, tools }, context);
  return file.verification.passed ? 0 : 5;
};

export interface Verified {
  readonly file: VerificationFile;
  readonly subject: CheckSubject;
  readonly tools: CheckTools;
}

/** @throws BelayError `USAGE` where there is no such folder, and as the configuration does; the reason of an interruption */
export async function verified(
  options: Omit<VerifyOptions, 'format' | 'sbom' | 'report'>,
  context: CliContext,
): Promise<Verified> {
  const root = resolve(context.cwd, options.folder);
  const choice = await checkChoice(options, { root, context });
  const mustBeThere = (): Promise<void> => refuseMissing(root);
  if (choice.policy.build.command === null) await mustBeThere();
  choice.notes.forEach((note) => context.terminal.note(`note: ${note}`));
  const tools = await createCheckTools({ home: context.home, env: context.env });
  const order: FolderOrder = {
    root,
    name: options.folder,
    ...choice,
    mustBeThere,
    commit: await gitCommit(root),
    previous:
      options.baseline === undefined ? null : await readBaseline(options.baseline, context.cwd),
    artifact: () =>
      context
        .adapters()
        .artifacts.digest({ kind: 'files', path: root, commit: null }, context.interrupted),
    version: context.version,
  };
  const answer = await verifyFolder(tools, order, {
    signal: context.interrupted,
    onProgress: progressOf(context),
    onEnd: (check, report) => context.terminal.note(endLine(check, report)),
  });
  // A check that was stopped is no check that failed.
  context.interrupted.throwIfAborted();
  return { ...answer, tools };
}

async function refuseMissing(root: string): Promise<void> {
  const found = await stat(root).catch(() => null);
  if (found?.isDirectory() === true) return;
  const what = found === null ? 'There is no folder' : 'No folder, but a file, is';
  throw new BelayError(
    'USAGE',
    `${what} ${root}. Nothing was checked; traffic is not touched by \`verify\`.`,
    {
      next: 'Name the folder that holds what is deployed: `belay verify ./dist`.',
    },
  );
}

const PROGRESS_EVERY_MS = 2_000;

/** Long looks say how far they are, on stderr, so that stdout holds the answer alone. */
function progressOf({
  terminal,
}: CliContext): (check: CheckId, done: number, total: number) => void {
  const saidAtMs = new Map<CheckId, number>();
  return (check, done, total) => {
    const nowMs = Date.now();
    const lastMs = saidAtMs.get(check);
    if (lastMs === undefined) return void saidAtMs.set(check, nowMs);
    if (nowMs - lastMs < PROGRESS_EVERY_MS) return;
    saidAtMs.set(check, nowMs);
    terminal.note(`  ${check}: ${done} of ${total}`);
  };
}

async function writeDocuments(
  { sbom, report, folder }: VerifyOptions,
  { file, subject, tools }: Verified,
  context: CliContext,
): Promise<void> {
  if (sbom !== undefined) {
    const bill = await tools.bill(subject, {
      signal: context.interrupted,
      progress: () => undefined,
      name: subject.facts.service ?? folder,
      version: file.subject.commit ?? '0',
      atMs: file.subject.verifiedAtMs,
    });
    await writeDocument(resolve(context.cwd, sbom), `${JSON.stringify(bill, null, 2)}\n`);
  }
  if (report !== undefined) {
    await writeDocument(
      resolve(context.cwd, report),
      verificationPage(file.verification, file.subject),
    );
  }
}
