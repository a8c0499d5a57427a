import type { AppliedSuppression, Finding, FindingLocation } from '../../domain/checks/finding';
import { GATE_METRICS, type GateResult } from '../../domain/checks/gate';
import type { ScanReport } from '../../domain/checks/scan-report';
import type { Verification } from '../../domain/checks/verification';
import type { VerificationSubject } from '../../domain/checks/verification-subject';
import { iso } from './durations';

/** `belay verify --output json` and `belay report --output json`: the whole verification, nothing left out. */
export function verificationJson(verification: Verification, subject: VerificationSubject): object {
  return {
    schemaVersion: 1,
    passed: verification.passed,
    subject: subjectJson(subject),
    reasons: verification.reasons,
    score: verification.score,
    counts: verification.counts,
    validation: verification.validation,
    findings: verification.findings.map(findingJson),
    coverage: verification.scans.map(coverageJson),
    build: verification.build,
    tests: verification.tests,
    measurements: verification.measurements,
    gates: verification.gates.map(gateJson),
    blockers: verification.blockers,
    recommendations: verification.recommendations,
    notices: verification.notices,
  };
}

function subjectJson({ verifiedAtMs, ...subject }: VerificationSubject): object {
  return { ...subject, verifiedAt: iso(verifiedAtMs) };
}

/** A finding about no file is about the folder: programs find a place in every one. */
const EVERYWHERE: FindingLocation = { path: '.', line: null, resource: null };

function findingJson({ suppression, ...finding }: Finding): object {
  return {
    ...finding,
    location: finding.location ?? EVERYWHERE,
    suppression: suppression === null ? null : suppressionJson(suppression),
  };
}

function suppressionJson({ expiresAtMs, ...suppression }: AppliedSuppression): object {
  return { ...suppression, expiresAt: iso(expiresAtMs) };
}

/** A scan without its findings: those stand in `findings`, merged and with their state. */
function coverageJson({ findings: _, tool, ...scan }: ScanReport): object {
  const { dataUpdatedAtMs, ...identity } = tool;
  return { ...scan, tool: { ...identity, dataUpdatedAt: iso(dataUpdatedAtMs) } };
}

function gateJson(gate: GateResult): object {
  const { unit, passesWhen } = GATE_METRICS[gate.metric];
  return { ...gate, unit, passesWhen };
}
