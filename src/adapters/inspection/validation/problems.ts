import type { ValidatorName } from '../../../domain/checks/catalog';
import { compareSeverity, worstSeverity } from '../../../domain/checks/severity';
import type { FindingSeverity } from '../../../domain/checks/severity';
import type { Problem, ValidatorReport } from '../../../domain/checks/validation';
import { formatCount } from '../../../domain/format/count';

/** Collects what a validator finds; of millions it keeps the worst, and counts all. */
export interface Problems {
  add(problem: Problem): void;
  /** Something that was not looked at. It is not a problem by itself. */
  skip(target: string, reason: string): void;
  report(validator: ValidatorName, looked: Looked): ValidatorReport;
}

interface Looked {
  readonly covered: number;
  readonly total: number;
  readonly startedAtMs: number;
}

const MOST = 200;

export function createProblems(): Problems {
  let kept: Problem[] = [];
  const severities = new Set<FindingSeverity>();
  const skipped: { target: string; reason: string }[] = [];
  let problemCount = 0;
  let skippedCount = 0;
  return {
    add(problem) {
      problemCount += 1;
      severities.add(problem.severity);
      kept.push(problem);
      if (kept.length > 2 * MOST) kept = worst(kept);
    },
    skip(target, reason) {
      skippedCount += 1;
      if (skipped.length < MOST) skipped.push({ target, reason });
    },
    report(validator, { covered, total, startedAtMs }) {
      const passed = !severities.has('critical') && !severities.has('high');
      return {
        validator,
        passed,
        severity: passed ? null : worstSeverity([...severities]),
        error: null,
        problems: worst(kept),
        problemCount,
        covered,
        total,
        skipped: [...skipped, ...uncounted(skippedCount - skipped.length)],
        durationMs: Math.max(0, Date.now() - startedAtMs),
        cached: false,
      };
    },
  };
}

function worst(problems: readonly Problem[]): Problem[] {
  return [...problems]
    .sort((one, other) => compareSeverity(one.severity, other.severity))
    .slice(0, MOST);
}

function uncounted(more: number) {
  return more === 0
    ? []
    : [{ target: '.', reason: `${formatCount(more)} more are not named here` }];
}
