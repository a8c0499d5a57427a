import { rejudge, type PastStep } from '../domain/rejudgement/rejudge';
import type { DeploymentReport, ReportedVerdict } from './output/deployment-report/report';

/**
 * The verdicts with their rules. The ledger keeps what was said, not by which rule: the same windows and criteria say it
 * again. Where they say something else, as of what no window shows, the rule stays unknown.
 */
export function withRules(report: DeploymentReport): readonly ReportedVerdict[] {
  const { verdicts, windows, readings, criteria } = report;
  if (verdicts.every(({ rule }) => rule !== null) || windows.length === 0) return verdicts;
  const steps = judgedSteps(report);
  const again = rejudge({ steps, windows, readings }, { criteria, sources: {} });
  return verdicts.map((verdict) => {
    const now = again.find(({ step }) => step.id === verdict.stepId)?.now ?? null;
    const isSame = verdict.rule === null && now !== null && now.kind === verdict.kind;
    return isSame ? { ...verdict, rule: now.rule } : verdict;
  });
}

function judgedSteps({ status }: DeploymentReport): readonly PastStep[] {
  return status.steps
    .flatMap(({ id, kind, limits, startedAtMs, endedAtMs }) => {
      if (kind !== 'bake' || limits === null || startedAtMs === null) return [];
      const place = { startedAtMs, endedAtMs: endedAtMs ?? startedAtMs };
      return [{ id, place: id, limits, then: null, ...place }];
    })
    .sort((a, b) => a.startedAtMs - b.startedAtMs);
}
