import type { Severity } from '../domain/analysis/criterion';
import { serviceName } from '../domain/deployment';
import type { QuestionTerms } from '../domain/monitoring/question';
import type { Step } from '../domain/rollout/plan';
import type { Deployment } from './deployment';
import { tell } from './tell';
import { watchMeanwhile } from './watch-meanwhile';

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
  const wake = () => control.hasPromotion;
  const watched = await deployment.while('asking', () =>
    watchMeanwhile(deployment, step, { untilMs, graceMs: 0, wake }),
  );
  progress.waitsNoMore();
  if (watched === 'woken' && control.takePromotion()) return accept(deployment);
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
  const name = serviceName(deployment.ref);
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
