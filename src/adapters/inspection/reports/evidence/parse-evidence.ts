import { TEST_SUITES } from '../../../../domain/checks/catalog';
import { isDigest } from '../../../../domain/revision';
import { objectOf, type Json } from '../json-value';
import { parseJson } from '../parse-json';
import { missing, parsed, type Parsed } from '../parsed';
import { EVIDENCE_KINDS, type EvidenceDocument } from './evidence-document';

const MOST_REPORTS = 100;

/** The document as it was written, where every part of it has the right form. */
export function parseEvidence(text: string): Parsed<EvidenceDocument> {
  const document = objectOf(parseJson(text));
  if (document === null) return missing('it is no whole JSON: cut off or damaged');
  if (document['schemaVersion'] !== 1) return missing('it is of no known version');
  const isWhole =
    isSubject(objectOf(document['subject'])) &&
    Number.isFinite(Date.parse(String(document['createdAt']))) &&
    areReports(document['reports']);
  return isWhole
    ? parsed(document as unknown as EvidenceDocument)
    : missing('it is no evidence as `belay evidence` writes it');
}

function isSubject(subject: Json | null): boolean {
  const { artifact, commit } = subject ?? {};
  return isDigest(String(artifact)) && (commit === null || typeof commit === 'string');
}

function areReports(reports: unknown): boolean {
  return (
    Array.isArray(reports) &&
    reports.length <= MOST_REPORTS &&
    reports.every((report) => isReport(objectOf(report)))
  );
}

function isReport(report: Json | null): boolean {
  const { kind, suite, path, sha256 } = report ?? {};
  return (
    isOneOf(EVIDENCE_KINDS, kind) &&
    (suite === null || isOneOf(TEST_SUITES, suite)) &&
    typeof path === 'string' &&
    !path.includes('\0') &&
    /^[0-9a-f]{64}$/.test(String(sha256))
  );
}

function isOneOf(words: readonly string[], word: unknown): boolean {
  return typeof word === 'string' && words.includes(word);
}
