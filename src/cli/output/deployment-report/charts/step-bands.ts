import type { StepStatus } from '../../../../domain/status';
import type { DeploymentReport } from '../report';

/** One watch of the rollout: from its beginning to the beginning of what came next. */
export interface StepBand {
  readonly id: string;
  /** `10 %`, `verify`, `warm`. */
  readonly name: string;
  readonly summary: string;
  readonly weight: number | null;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The watched steps that were begun, in order of time. */
export function stepBands({ status, windows, writtenAtMs }: DeploymentReport): readonly StepBand[] {
  const last = windows.at(-1);
  const nowMs = last === undefined ? writtenAtMs : last.fromMs + last.intervalMs;
  return status.steps
    .filter(({ kind, startedAtMs }) => kind === 'bake' && startedAtMs !== null)
    .map((step) => bandOf(step, status.endedAtMs ?? nowMs))
    .sort((a, b) => a.fromMs - b.fromMs);
}

function bandOf(step: StepStatus, nowMs: number): StepBand {
  const { id, phase, summary, candidateWeight, startedAtMs, endedAtMs } = step;
  const fromMs = startedAtMs ?? nowMs;
  const name = phase === 'rollout' ? `${candidateWeight ?? 0} %` : phase;
  return {
    ...{ id, name, summary, fromMs },
    weight: candidateWeight,
    toMs: Math.max(fromMs, endedAtMs ?? nowMs),
  };
}
