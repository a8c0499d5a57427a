import type { Asked } from '../../domain/line/asking';
import type { LineDecision } from '../../domain/line/next-move';

/**
 * What each newcomer has asked so far, so that a poll every second is not a signal every second. A worker without it asks
 * again under the same id, which the running deployment knows.
 */
export class AskedMemory {
  private readonly byNewcomer = new Map<string, readonly Asked[]>();

  last(newcomer: string, of: Pick<Asked, 'runId' | 'decision'>): Asked | null {
    const asked = this.byNewcomer.get(newcomer) ?? [];
    return asked.find((one) => isAbout(one, of)) ?? null;
  }

  /** What this run said no to. */
  refusals(newcomer: string, runId: string): readonly LineDecision[] {
    return (this.byNewcomer.get(newcomer) ?? [])
      .filter((asked) => asked.runId === runId && asked.isRefused)
      .map(({ decision }) => decision);
  }

  keep(newcomer: string, asked: Asked): void {
    const others = (this.byNewcomer.get(newcomer) ?? []).filter((one) => !isAbout(one, asked));
    this.byNewcomer.delete(newcomer);
    this.byNewcomer.set(newcomer, [asked, ...others].slice(0, MOST_QUESTIONS));
    const oldest = this.byNewcomer.keys().next();
    if (this.byNewcomer.size > MOST_NEWCOMERS && oldest.done !== true) {
      this.byNewcomer.delete(oldest.value);
    }
  }
}

const MOST_NEWCOMERS = 200;
/** Three kinds of question, of the newest runs. */
const MOST_QUESTIONS = 12;

function isAbout(one: Asked, { runId, decision }: Pick<Asked, 'runId' | 'decision'>): boolean {
  return one.runId === runId && one.decision === decision;
}
