import { dirname, resolve } from 'node:path';
import type { Digest } from '../../../../domain/revision';
import { missing, type Missing } from '../parsed';
import { digestReportFile, readReportFile } from '../report-file';
import type { EvidenceDocument, EvidenceReport } from './evidence-document';
import { parseEvidence } from './parse-evidence';

/** What the evidence must be about. */
export interface EvidenceSubject {
  readonly artifact: Digest;
  /** Null: not known, and not compared; the artifact's digest says more. */
  readonly commit: string | null;
  readonly nowMs: number;
}

export interface BoundReport extends EvidenceReport {
  /** Where {@link path} leads to. */
  readonly file: string;
}

/** `reports`: what it names, also where nothing can be said from it; null where not even that can be read. */
export type Evidence =
  | { readonly kind: 'bound'; readonly reports: readonly BoundReport[] }
  | (Missing & { readonly reports: readonly EvidenceReport[] | null });

/** It is read where nothing may take long. */
const MOST_BYTES = 1_000_000;
const MOST_AGE_MS = 7 * 24 * 60 * 60 * 1_000;
/** Clocks of CI and of this host may differ so much. */
const CLOCKS_DIFFER_MS = 5 * 60 * 1_000;

/**
 * The reports of an evidence document, where it is about this artifact and commit, at most 7 days old, and each report is
 * still what it was. Numbers are to be read from the reports.
 * @param path absolute
 */
export async function readEvidence(path: string, subject: EvidenceSubject): Promise<Evidence> {
  const file = await readReportFile(path, MOST_BYTES);
  if (file.kind === 'missing') return { ...file, reports: null };
  const document = parseEvidence(file.text);
  if (document.kind === 'missing') return { ...document, reports: null };
  const { reports } = document.content;
  const bound = reports.map((report) => ({ ...report, file: resolve(dirname(path), report.path) }));
  const unbound = unboundBecause(document.content, subject) ?? (await changedBecause(bound));
  return unbound === null
    ? { kind: 'bound', reports: bound }
    : { ...missing(unbound), reports: reports };
}

function unboundBecause(
  { subject: { artifact, commit }, createdAt }: EvidenceDocument,
  wanted: EvidenceSubject,
): string | null {
  const ageMs = wanted.nowMs - Date.parse(createdAt);
  if (artifact !== wanted.artifact) return 'it is about another artifact';
  if (wanted.commit !== null && commit !== wanted.commit)
    return commit === null ? 'it names no commit' : 'it is about another commit';
  if (ageMs > MOST_AGE_MS) return 'it is older than 7 days';
  return ageMs < -CLOCKS_DIFFER_MS ? 'it was made in the future' : null;
}

async function changedBecause(reports: readonly BoundReport[]): Promise<string | null> {
  for (const [index, { kind, file, sha256 }] of reports.entries()) {
    const found = await digestReportFile(file);
    const name = `its report ${index + 1} (${kind})`;
    if (found.kind === 'missing') return `${name} cannot be used: ${found.reason}`;
    if (found.sha256 !== sha256) return `${name} was changed since`;
  }
  return null;
}
