import type { Severity } from '../domain/analysis/criterion';
import type { QuestionTerms } from '../domain/monitoring/question';
import type { Step } from '../domain/rollout/plan';
import { criteriaMeanwhile } from './criteria-meanwhile';
import type { Deployment } from './deployment';
import { leaveHarmed } from './leave-harmed';
import { tell } from './tell';
import { watchFor } from './watch-for';

export interface Question extends QuestionTerms {
  readonly question: string;
  readonly severity: Severity;
}

export interface Answered {
  /** `go-on`: a person said so. `nobody`: the deadline came, and its default is to keep the weights. */
  readonly by: 'go-on' | 'nobody';
  readonly sentence: string;
}

/** Waits for a person, watching on with the weights as they are; no answer by the deadline means the default. */
export async function askPerson(
  deployment: Deployment,
  step: Step,
  asked: Question,
): Promise<Answered> {
  const { control, progress } = deployment;
  const untilMs = Date.now() + asked.deadlineMs;
  const ifNothing = asked.onDeadline === 'rollback' ? 'rolled back' : 'watched on as it is';
  announce(deployment, asked, ifNothing);
  progress.waits('decision', { untilMs, ifNothing });
  const watched = await deployment.while('asking', () =>
    watchFor(deployment, {
      step,
      weights: deployment.commandedWeights,
      limits: { leastMs: 0, longestMs: asked.deadlineMs, minimumRequests: 0 },
      criteria: criteriaMeanwhile(deployment),
      stepStartedAtMs: deployment.stepStartedAtMs,
      leastAtMs: null,
      longestAtMs: untilMs,
      graceMs: 0,
      wake: () => control.hasPromotion,
    }),
  );
  progress.waitsNoMore();
  if (watched.kind === 'woken' && control.takePromotion()) return accept(deployment);
  if (watched.kind === 'seen' && watched.seen.end === 'harm')
    leaveHarmed(deployment, watched.seen.verdict);
  if (asked.onDeadline === 'keep')
    return { by: 'nobody', sentence: `nobody answered; watched on: ${asked.question}` };
  return deployment.leave({
    outcome: 'rolled-back',
    cause: `Nobody answered in time: ${asked.question}`,
    by: null,
    hold: true,
    trigger: 'deadline',
    severity: asked.severity,
  });
}

/** Whoever went on has seen what was wrong at that moment. */
function accept({ acceptedIssues, openAlerts }: Deployment): Answered {
  for (const { issues } of openAlerts) issues.forEach((issue) => acceptedIssues.add(issue));
  return { by: 'go-on', sentence: 'a person said: go on' };
}

function announce(
  deployment: Deployment,
  { question, severity }: Question,
  ifNothing: string,
): void {
  const { service, environment } = deployment.ref;
  const name = `${service}/${environment}`;
  deployment.progress.alert(
    `A person must decide: ${question} Go on with \`belay promote\`, or \`belay rollback\`.`,
  );
  void tell(deployment, {
    kind: 'waiting',
    severity,
    sentence: `${question} The weights stay as they are; without an answer it is ${ifNothing}.`,
    next: `belay promote ${name}; belay rollback ${name}`,
  });
}
