import { VALIDATORS, type ValidatorName } from './catalog';
import type { FindingSeverity } from './severity';

/** What one validator says. */
export interface ValidatorReport {
  readonly validator: ValidatorName;
  readonly passed: boolean;
  /** The worst problem's; `critical` where the validator itself broke; null where it passed. */
  readonly severity: FindingSeverity | null;
  /** Set where the validator broke: then its silence means nothing. */
  readonly error: string | null;
  /** The worst first, at most 200. Only `critical` and `high` make the validator fail. */
  readonly problems: readonly Problem[];
  /** How many there are in all. */
  readonly problemCount: number;
  readonly covered: number;
  readonly total: number;
  readonly skipped: readonly { readonly target: string; readonly reason: string }[];
  readonly durationMs: number;
  readonly cached: boolean;
}

export interface Problem {
  /** `syntax/json`, `assets/empty-file`. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** What is wrong and the way out; never a part of the file but names and paths. */
  readonly title: string;
  readonly location: { readonly path: string; readonly line: number | null } | null;
}

/** The specification's answer of `BuildValidator.validate`. */
export interface Validation {
  readonly passed: boolean;
  readonly results: Readonly<Record<ValidatorName, ValidatorReport>>;
  readonly summary: ValidationSummary;
}

export interface ValidationSummary {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  /** Of the failed ones, those whose severity is critical. */
  readonly critical: number;
}

/** A validator without a report is one that broke. */
export function summarizeValidation(reports: readonly ValidatorReport[]): Validation {
  const entries = VALIDATORS.map((name): [ValidatorName, ValidatorReport] => [
    name,
    reports.find(({ validator }) => validator === name) ??
      brokenValidator(name, 'it gave no report'),
  ]);
  const all = entries.map(([, report]) => report);
  const failed = all.filter(({ passed }) => !passed);
  return {
    passed: failed.length === 0,
    results: Object.fromEntries(entries) as Record<ValidatorName, ValidatorReport>,
    summary: {
      total: all.length,
      passed: all.length - failed.length,
      failed: failed.length,
      critical: failed.filter(({ severity }) => severity === 'critical').length,
    },
  };
}

/** A validator that crashed counts as a critical failure; the others go on. */
export function brokenValidator(validator: ValidatorName, error: string): ValidatorReport {
  return {
    validator,
    passed: false,
    severity: 'critical',
    error,
    problems: [],
    problemCount: 0,
    covered: 0,
    total: 0,
    skipped: [],
    durationMs: 0,
    cached: false,
  };
}
