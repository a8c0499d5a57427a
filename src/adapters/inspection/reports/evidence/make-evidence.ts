import { dirname, relative, sep } from 'node:path';
import type { TestSuite } from '../../../../domain/checks/catalog';
import type { Digest } from '../../../../domain/revision';
import { readCoverage, readJUnit, readWhole, type ReportOrder } from '../read-report';
import type { Missing } from '../parsed';
import type { EvidenceDocument, EvidenceKind, EvidenceReport } from './evidence-document';

export interface GivenReport {
  readonly kind: EvidenceKind;
  readonly suite: TestSuite | null;
  /** Absolute. */
  readonly file: string;
}

export interface EvidenceOrder {
  readonly artifact: Digest;
  readonly commit: string | null;
  readonly reports: readonly GivenReport[];
  /** Where the document will lie; absolute. */
  readonly out: string;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

export type MadeEvidence =
  | { readonly kind: 'made'; readonly document: EvidenceDocument }
  | { readonly kind: 'unusable'; readonly report: GivenReport; readonly reason: string };

/** Binds reports to an artifact and a commit; none is bound from which nothing can be said. @throws the signal's reason */
export async function makeEvidence(order: EvidenceOrder): Promise<MadeEvidence> {
  const reports: EvidenceReport[] = [];
  for (const report of order.reports) {
    const read = await measure(report, { path: report.file, sha256: null, signal: order.signal });
    if (read.kind === 'missing') return { kind: 'unusable', report, reason: read.reason };
    const { sha256, bytes, measured } = read;
    const path = relative(dirname(order.out), report.file).split(sep).join('/');
    reports.push({ kind: report.kind, suite: report.suite, path, sha256, bytes, measured });
  }
  const { artifact, commit, nowMs } = order;
  const createdAt = new Date(nowMs).toISOString();
  return {
    kind: 'made',
    document: { schemaVersion: 1, subject: { artifact, commit }, createdAt, reports },
  };
}

type Measured = Pick<EvidenceReport, 'sha256' | 'bytes' | 'measured'> & { readonly kind: 'read' };

async function measure({ kind }: GivenReport, order: ReportOrder): Promise<Measured | Missing> {
  switch (kind) {
    case 'junit': {
      const read = await readJUnit(order);
      return read.kind === 'missing'
        ? read
        : { ...read, measured: { counts: read.content.counts } };
    }
    case 'coverage': {
      const read = await readCoverage(order);
      return read.kind === 'missing' ? read : { ...read, measured: read.content };
    }
    case 'sarif':
    case 'sbom': {
      const read = await readWhole(kind, order);
      return read.kind === 'missing' ? read : { ...read, measured: {} };
    }
  }
}
