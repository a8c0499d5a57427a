import { activeOf } from './active-findings';
import { collectReasons } from './collect-reasons';
import { everyScan } from './completeness';
import { evaluateGates } from './evaluate-gates';
import type { Finding } from './finding';
import type { Gate, Measurements } from './gate';
import { identifyBlockers } from './identify-blockers';
import { measureChecks, measureFindings } from './measure-checks';
import { mergeFindings } from './merge-findings';
import { compareText, orderFindings } from './order-findings';
import { overrideSeverities, type SeverityOverrides } from './override-severities';
import type { Suppression } from './policy';
import { recommendFixes } from './recommend-fixes';
import { incompleteFindings } from './scan-incomplete';
import type { ScanReport } from './scan-report';
import { isSwitchedOff } from './scan-reports';
import { scoreFindings } from './score-findings';
import { countSeverities } from './severity';
import { suppressFindings } from './suppress-findings';
import type { BuildEvidence, TestEvidence } from './test-evidence';
import { summarizeValidation, type ValidatorReport } from './validation';
import type { Verification } from './verification';

export interface JudgeInput {
  readonly validators: readonly ValidatorReport[];
  readonly scans: readonly ScanReport[];
  /** Null: nothing was built. */
  readonly build: BuildEvidence | null;
  readonly tests: readonly TestEvidence[];
  readonly artifactBytes: number;
  readonly gates: readonly Gate[];
  readonly suppressions: readonly Suppression[];
  readonly severities: SeverityOverrides;
  /** Null where the checks run for no environment. */
  readonly environment: string | null;
  /** What expiry is compared with. */
  readonly nowMs: number;
  readonly previous: PreviousVerification | null;
}

/** What the last verified revision of the environment had. */
export interface PreviousVerification {
  readonly measurements: Measurements;
  readonly fingerprints: readonly string[];
}

/**
 * The verdict over all reports. Whatever is missing, incomplete or broken blocks; the order of what comes in changes
 * nothing; every gate is evaluated and listed.
 */
export function judgeChecks(input: JudgeInput): Verification {
  const { build, artifactBytes, environment, previous } = input;
  const validation = summarizeValidation(input.validators);
  const scans = everyScan(input.scans);
  const tests = [...input.tests].sort((one, other) => compareText(one.suite, other.suite));
  const { findings, notices, isComplete } = findingsOf(input, scans);
  const score = isComplete ? scoreFindings(findings) : null;
  const measurements = measureChecks({
    ...{ validation, scans, findings, score, build, tests, artifactBytes },
  });
  const gates = evaluateGates(input.gates, {
    measurements,
    newMeasurements: measureFindings(newOf(findings, previous), scans),
    previous: previous?.measurements ?? null,
    environment,
  });
  const blockers = identifyBlockers(findings);
  const reasons = collectReasons({ validation, build, tests, gates, blockers });
  return {
    passed: reasons.length === 0,
    validation,
    findings,
    counts: countSeverities(activeOf(findings).map(({ severity }) => severity)),
    ...{ scans, build, tests, measurements, gates, score, blockers, reasons, notices },
    recommendations: recommendFixes(findings),
  };
}

/** Rated and set aside one by one, then merged: what another tool adds can never set aside what one tool told. */
function findingsOf({ suppressions, severities, nowMs }: JudgeInput, scans: readonly ScanReport[]) {
  const told = scans.flatMap(({ findings }) => findings);
  const rated = overrideSeverities(told, severities);
  const judged = suppressFindings(rated.findings, suppressions, nowMs);
  const incomplete = incompleteFindings(scans);
  return {
    findings: orderFindings([...mergeFindings(judged.findings), ...incomplete]),
    notices: [...offNotices(scans), ...rated.notices, ...judged.notices],
    isComplete: incomplete.length === 0,
  };
}

/** Nothing was looked at, and no score and no passed gate must hide that. */
function offNotices(scans: readonly ScanReport[]): readonly string[] {
  return scans
    .filter(isSwitchedOff)
    .map(({ scanner }) => `The ${scanner} scan is switched off: nothing was looked at.`);
}

function newOf(
  findings: readonly Finding[],
  previous: PreviousVerification | null,
): readonly Finding[] {
  const known = new Set(previous?.fingerprints ?? []);
  return findings.filter(({ fingerprint }) => !known.has(fingerprint));
}
