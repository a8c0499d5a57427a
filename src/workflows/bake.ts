import type { Criterion } from '../domain/analysis/criterion';
import { lacksData } from '../domain/analysis/lacks-data';
import { UNOBSERVED, type Verdict } from '../domain/analysis/verdict';
import { QUESTION_MS, termsOf } from '../domain/monitoring/question';
import type { BakeStep } from '../domain/rollout/plan';
import { askPerson, type Answered } from './ask-person';
import type { Deployment } from './deployment';
import { leaveHarmed } from './leave-harmed';
import { leaveUnseen } from './leave-unseen';
import { watchFor, type EndedWatch, type Watched } from './watch-for';
import { whilePaused } from './while-paused';

/** Watches until the candidate is safe, harmful, or the longest time is over; decisions join in. Answers how it ended. */
export async function bake(deployment: Deployment, step: BakeStep): Promise<string> {
  const watching = new Bake(deployment, step);
  for (;;) {
    const end = await watching.onward();
    if (end !== null) return end;
  }
}

const ONE_MINUTE_MS = 60_000;

class Bake {
  private leastAtMs = 0;
  private longestAtMs = 0;
  private criteria: readonly Criterion[];
  private timesUnwatched = 0;

  constructor(
    private readonly deployment: Deployment,
    private readonly step: BakeStep,
  ) {
    this.criteria = deployment.criteria.filter(({ id }) => !this.isRefused(id));
    this.dwellFromNow();
  }

  /** One stretch of watching; null: go on. */
  async onward(): Promise<string | null> {
    await this.pauseDwell();
    const watched = await this.deployment.while('baking', () => this.watch());
    switch (watched.kind) {
      case 'woken':
        return this.onWoken();
      case 'unwatched':
        return this.onUnwatched();
      case 'seen':
        return this.onSeen(watched.seen);
    }
  }

  private dwellFromNow(): void {
    const nowMs = Date.now();
    this.leastAtMs = nowMs + this.step.limits.leastMs;
    this.longestAtMs = nowMs + this.step.limits.longestMs;
  }

  /** `pause` stops the dwell clock, not the watch. */
  private async pauseDwell(): Promise<void> {
    const pausedMs = await whilePaused(this.deployment, this.step);
    this.leastAtMs += pausedMs;
    this.longestAtMs += pausedMs;
  }

  private watch(): Promise<Watched> {
    const { control } = this.deployment;
    return watchFor(this.deployment, {
      step: this.step,
      weights: this.step.weights,
      limits: this.step.limits,
      criteria: this.criteria,
      stepStartedAtMs: this.deployment.stepStartedAtMs,
      leastAtMs: this.leastAtMs,
      longestAtMs: this.longestAtMs,
      graceMs: ONE_MINUTE_MS,
      wake: () => control.hasPromotion || control.isPaused || this.yields(),
    });
  }

  private yields(): boolean {
    return this.step.phase === 'warm' && this.deployment.control.yields;
  }

  private onWoken(): string | null {
    if (this.deployment.control.takePromotion()) return 'promoted by a person';
    return this.yields() ? 'yielded to a newer deployment' : null;
  }

  /** The timer rang: nobody watched, and that is never a pass. One new watch follows, then a person is asked. */
  private async onUnwatched(): Promise<string | null> {
    this.timesUnwatched += 1;
    if (this.timesUnwatched > 1)
      return this.ask('Nobody could watch this step: no verdict exists.');
    this.dwellFromNow();
    return null;
  }

  private async onSeen({ end, verdict }: EndedWatch): Promise<string | null> {
    switch (end) {
      case 'harm':
        return leaveHarmed(this.deployment, verdict);
      case 'safe':
        return verdict.sentence;
      case 'ask':
        await this.askMeanwhile(verdict);
        return null;
      case 'longest':
        return this.onLongest(verdict);
    }
  }

  private async onLongest(verdict: Verdict): Promise<string | null> {
    if (this.mayAdvance(verdict)) return verdict.sentence;
    if (this.step.onNoData === 'rollback' && lacksData(verdict))
      leaveUnseen(this.deployment, verdict.sentence);
    return this.ask(verdict.sentence);
  }

  /** In warm everything is live, so that time alone ends it; but never on a fleet that does not serve. */
  private mayAdvance({ rule }: Verdict): boolean {
    return this.step.onLongest.kind === 'advance' && rule !== UNOBSERVED;
  }

  /**
   * A criterion that a person decides on. Who refuses the rollback is not asked again at this share; where nobody answers and the
   * weights are kept, the step does not advance while it is breached. The time of a question does not count as dwell.
   */
  private async askMeanwhile({ rule, sentence }: Verdict): Promise<void> {
    const asked = this.criteria.find(({ id }) => rule === `ask:${id}`);
    const severity = asked?.severity ?? 'high';
    const sinceMs = Date.now();
    const question = { question: sentence, severity, ...termsOf(severity) };
    const { by } = await askPerson(this.deployment, this.step, question);
    this.leastAtMs += Date.now() - sinceMs;
    this.longestAtMs += Date.now() - sinceMs;
    if (asked === undefined) return;
    if (by === 'go-on') this.deployment.refusedAt.set(asked.id, this.share());
    this.criteria = this.criteria.flatMap((one) => (one === asked ? answered(one, by) : [one]));
  }

  private isRefused(criterion: string): boolean {
    return (this.deployment.refusedAt.get(criterion) ?? -1) >= this.share();
  }

  private share(): number {
    return this.step.weights[this.deployment.candidate?.digest ?? ''] ?? 0;
  }

  private async ask(question: string): Promise<string> {
    const { onLongest } = this.step;
    const deadlineMs = onLongest.kind === 'ask' ? onLongest.deadlineMs : QUESTION_MS;
    const { sentence } = await askPerson(this.deployment, this.step, {
      question,
      severity: 'high',
      deadlineMs,
      onDeadline: 'rollback',
    });
    return sentence;
  }
}

function answered(criterion: Criterion, by: Answered['by']): readonly Criterion[] {
  return by === 'go-on' ? [] : [{ ...criterion, action: 'hold' }];
}
