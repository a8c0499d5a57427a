import { stat, writeFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import {
  makeEvidence,
  type GivenReport,
} from '../../adapters/inspection/reports/evidence/make-evidence';
import { BelayError } from '../../domain/errors';
import type { Digest } from '../../domain/revision';
import type { CliContext, Command } from '../context';
import { gitCommit } from '../git-commit';
import { evidenceAnswer } from '../output/evidence';

export interface EvidenceOptions {
  /** The folder that will be deployed; this and all files relative to the working directory. */
  readonly folder: string;
  readonly out: string;
  /** Default: the commit of the work tree that `-C` names. */
  readonly commit: string | undefined;
  readonly unitJunit: string | undefined;
  readonly integrationJunit: string | undefined;
  /** Of the unit tests. */
  readonly coverage: string | undefined;
  readonly sarif: readonly string[];
  readonly sbom: string | undefined;
}

/** Writes down what CI measured, bound to the bytes that it measured, for `verify` and deployments elsewhere. */
export const evidence: Command<EvidenceOptions> = async (options, context) => {
  const folder = await folderNamed(options.folder, context.cwd);
  const out = resolve(context.cwd, options.out);
  refuseInside(out, folder);
  const made = await makeEvidence({
    reports: reportsOf(options, context.cwd),
    artifact: await digestOf(folder, context),
    commit: options.commit ?? (await gitCommit(context.directory)),
    ...{ out, nowMs: Date.now(), signal: context.interrupted },
  });
  if (made.kind === 'unusable') throw unusable(made.report, made.reason);
  await write(out, `${JSON.stringify(made.document, null, 2)}\n`);
  context.terminal.result(evidenceAnswer(made.document, out));
  return 0;
};

const NOTHING_WRITTEN = 'Nothing was written; traffic is not touched by `evidence`.';

async function folderNamed(folder: string, cwd: string): Promise<string> {
  const path = resolve(cwd, folder);
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return path;
  throw new BelayError('USAGE', `There is no folder ${path}. ${NOTHING_WRITTEN}`, {
    next: 'Name the folder that will be deployed: `belay evidence ./dist --out evidence.json --unit-junit junit.xml`.',
  });
}

function refuseInside(out: string, folder: string): void {
  if (!out.startsWith(`${folder}${sep}`)) return;
  throw new BelayError(
    'USAGE',
    `The evidence would lie in the artifact, and so be about other bytes than it says. ${NOTHING_WRITTEN}`,
    { next: 'Name a file outside of the folder with `--out`.' },
  );
}

function reportsOf(options: EvidenceOptions, cwd: string): readonly GivenReport[] {
  const { unitJunit, integrationJunit, coverage, sarif, sbom } = options;
  const one = (
    kind: GivenReport['kind'],
    suite: GivenReport['suite'],
    file: string | undefined,
  ): readonly GivenReport[] =>
    file === undefined ? [] : [{ kind, suite, file: resolve(cwd, file) }];
  const reports = [
    ...one('junit', 'unit', unitJunit),
    ...one('junit', 'integration', integrationJunit),
    ...one('coverage', 'unit', coverage),
    ...sarif.flatMap((file) => one('sarif', null, file)),
    ...one('sbom', null, sbom),
  ];
  if (reports.length > 0) return reports;
  throw new BelayError('USAGE', `No report is named, so there is no evidence. ${NOTHING_WRITTEN}`, {
    next: 'Name what CI wrote, for example with `--unit-junit` and `--coverage`.',
  });
}

function digestOf(folder: string, context: CliContext): Promise<Digest> {
  const source = { kind: 'files', path: folder, commit: null } as const;
  return context.adapters().artifacts.digest(source, context.interrupted);
}

function unusable({ kind, file }: GivenReport, reason: string): BelayError {
  return new BelayError(
    'USAGE',
    `Nothing can be said from ${file} (${kind}): ${reason}. ${NOTHING_WRITTEN}`,
    { next: 'Let CI write the report again, and look at why it was not written whole.' },
  );
}

async function write(out: string, text: string): Promise<void> {
  try {
    await writeFile(out, text);
  } catch (cause) {
    throw new BelayError('USAGE', `${out} cannot be written. ${NOTHING_WRITTEN}`, {
      next: 'Name a file in a folder that is there, and that may be written.',
      cause,
    });
  }
}
