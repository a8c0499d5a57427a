import type { JudgeState } from '../domain/analysis/judge';
import type { AlertMemory } from '../domain/monitoring/change-alerts';
import type { WatchInput } from './watch-input';

export interface RememberedLook {
  readonly state: JudgeState;
  /** When only stable answered; null: that is not so. */
  readonly goneAtMs: number | null;
  readonly alerts: AlertMemory;
}

/**
 * What the last look of each deployment had folded; a worker without it rebuilds it from the evidence record. Since when the
 * candidate is gone is counted anew by a worker without it, and by each step.
 */
export class WatchMemory {
  private readonly looks = new Map<string, RememberedLook & { readonly stepId: string }>();

  recall({ deploymentId }: WatchInput): RememberedLook | undefined {
    return this.looks.get(deploymentId);
  }

  /** Answers for how long each look of this step has found that only stable answers; null: this one did not. */
  keep({ deploymentId, stepId }: WatchInput, look: RememberedLook): number | null {
    const { goneAtMs } = look;
    const before = this.looks.get(deploymentId);
    const sinceMs = before?.stepId === stepId ? (before.goneAtMs ?? goneAtMs) : goneAtMs;
    this.looks.delete(deploymentId);
    this.looks.set(deploymentId, { ...look, stepId, goneAtMs: goneAtMs === null ? null : sinceMs });
    const oldest = this.looks.keys().next();
    if (this.looks.size > MOST_WATCHES && oldest.done !== true) this.looks.delete(oldest.value);
    return goneAtMs === null || sinceMs === null ? null : goneAtMs - sinceMs;
  }
}

const MOST_WATCHES = 200;
