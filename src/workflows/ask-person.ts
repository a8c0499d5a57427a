import type { Step } from '../domain/rollout/plan';
import { raiseAlert } from './alert';
import type { Deployment } from './deployment';
import { leaveHarmed } from './leave-harmed';
import { watchFor } from './watch-for';

export interface Question {
  readonly question: string;
  readonly deadlineMs: number;
}

/** Waits for a person, watching on; no answer by the deadline means back. */
export async function askPerson(
  deployment: Deployment,
  step: Step,
  { question, deadlineMs }: Question,
): Promise<string> {
  const { control, planned, progress } = deployment;
  const untilMs = Date.now() + deadlineMs;
  void raiseAlert(
    deployment,
    `A person must decide: ${question} Go on with \`belay promote\`, or \`belay rollback\`.`,
  );
  progress.waits('decision', { untilMs, ifNothing: 'rolled back' });
  const guards = planned?.plan.criteria.map(({ criterion }) => criterion) ?? [];
  const watched = await deployment.while('asking', () =>
    watchFor(deployment, {
      step,
      weights: deployment.commandedWeights,
      limits: { leastMs: 0, longestMs: deadlineMs, minimumRequests: 0 },
      criteria: guards.filter(({ action }) => action === 'rollback'),
      stepStartedAtMs: deployment.stepStartedAtMs,
      leastAtMs: null,
      longestAtMs: untilMs,
      graceMs: 0,
      wake: () => control.hasPromotion,
    }),
  );
  progress.waitsNoMore();
  if (watched.kind === 'woken' && control.takePromotion()) return 'a person said: go on';
  if (watched.kind === 'seen' && watched.seen.end === 'harm')
    leaveHarmed(deployment, watched.seen.verdict);
  const cause = `Nobody answered in time: ${question}`;
  return deployment.leave({
    outcome: 'rolled-back',
    cause,
    by: null,
    hold: true,
    trigger: 'deadline',
  });
}
