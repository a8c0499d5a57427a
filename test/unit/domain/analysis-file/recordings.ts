import {
  judgeAnalysisFile,
  type FileVerdict,
} from '../../../../src/domain/analysis-file/judge-analysis-file';
import { readAnalysisFile } from '../../../../src/domain/analysis-file/read-analysis-file';
import type { Problem } from '../../../../src/domain/analysis-file/structure';
import { minimumSamples } from '../../../../src/config/minimum-samples';

type Json = Record<string, unknown>;

/** 10 s windows of 100 canary and 900 baseline requests. */
export const LENGTH_MS = 10_000;
/** On no grid of ours. */
export const BEGIN_MS = Date.UTC(2026, 10, 23, 10) + 1_234;

export function aGuard(change: Json = {}): Json {
  return {
    metric: 'error_rate',
    op: '>',
    threshold: 5,
    kind: 'absolute',
    durationSec: 30,
    severity: 'critical',
    action: 'rollback',
    ...change,
  };
}

export function aConfig(change: Json = {}): Json {
  return {
    minDwellMs: 60_000,
    maxDwellMs: 600_000,
    minCanaryRequests: 200,
    guards: [aGuard()],
    ...change,
  };
}

export function anArm(requests: number, errors = 0, change: Json = {}): Json {
  return { requests, errors, latency: [[40, requests - errors]], ...change };
}

export function aWindow(place: number, change: Json = {}): Json {
  return {
    from: BEGIN_MS + place * LENGTH_MS,
    to: BEGIN_MS + (place + 1) * LENGTH_MS,
    arms: { canary: anArm(100), baseline: anArm(900, 1) },
    expectedShare: 0.1,
    ...change,
  };
}

/** The canary fails so many of 100 in each window. */
export function failing(errors: number): Json {
  return { arms: { canary: anArm(100, errors), baseline: anArm(900, 1) } };
}

export function windows(count: number, change: (place: number) => Json = () => ({})): Json[] {
  return Array.from({ length: count }, (_, place) => aWindow(place, change(place)));
}

export function aFile(all: readonly unknown[], config: Json = aConfig()): Json {
  return { schemaVersion: 1, config, windows: all };
}

/** As from a file: what JSON cannot hold comes as null. */
export function judged(file: unknown): FileVerdict {
  const reading = readAnalysisFile(JSON.parse(JSON.stringify(file)), { minimumSamples });
  if (reading.kind === 'broken') throw new Error(JSON.stringify(reading.problems));
  return judgeAnalysisFile(reading.file);
}

export function problemsOf(document: unknown): readonly Problem[] {
  const reading = readAnalysisFile(document, { minimumSamples });
  return reading.kind === 'broken' ? reading.problems : [];
}
