import type { PastStep } from '../domain/rejudgement/rejudge';
import type { StepStatus } from '../domain/status';
import type { ChosenRules } from './other-rules';
import type { DeploymentReport } from './output/deployment-report/report';

/** The watched steps of a deployment; of an old record, which has none, the stretches of one weight. */
export function pastSteps(report: DeploymentReport, rules: ChosenRules): readonly PastStep[] {
  const watched = report.status.steps
    .filter(({ kind, startedAtMs }) => kind === 'bake' && startedAtMs !== null)
    .sort((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0));
  return watched.length > 0
    ? watched.map((step) => recordedStep(step, report, rules))
    : stretches(report, rules);
}

function recordedStep(step: StepStatus, report: DeploymentReport, rules: ChosenRules): PastStep {
  const { id, phase, candidateWeight, startedAtMs, endedAtMs } = step;
  const weight = candidateWeight ?? 100;
  const then = report.verdicts.findLast(({ stepId }) => stepId === id) ?? null;
  return {
    ...{ id, then },
    place: phase === 'rollout' ? `at ${weight} %` : `in ${phase}`,
    startedAtMs: startedAtMs ?? 0,
    endedAtMs: endedAtMs ?? lastMs(report),
    limits: rules.limitsAt(phase, weight),
  };
}

function stretches(report: DeploymentReport, rules: ChosenRules): readonly PastStep[] {
  const steps: { weight: number; fromMs: number; toMs: number }[] = [];
  for (const { fromMs, intervalMs, candidateWeight, arms } of report.windows) {
    if (arms.candidate === null || candidateWeight === 0) continue;
    const last = steps.at(-1);
    if (last?.weight === candidateWeight) last.toMs = fromMs + intervalMs;
    else steps.push({ weight: candidateWeight, fromMs, toMs: fromMs + intervalMs });
  }
  return steps.map(({ weight, fromMs, toMs }, index) => ({
    id: `${String(index + 1).padStart(2, '0')}-at-${weight}`,
    place: `at ${weight} %`,
    startedAtMs: fromMs,
    endedAtMs: toMs,
    limits: rules.limitsAt(weight === 100 ? 'verify' : 'rollout', weight),
    then: report.verdicts[index] ?? null,
  }));
}

function lastMs({ windows }: DeploymentReport): number {
  const last = windows.at(-1);
  return last === undefined ? 0 : last.fromMs + last.intervalMs;
}
