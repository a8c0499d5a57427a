import type { Decision } from '../../domain/approval/decision';
import type { DecisionReceipt, DeploymentRun, StatusView } from '../../client/index';
import { iso } from './durations';
import { statusJson } from './status-json';
import { plain } from './style';
import type { Answer } from './terminal';

export interface Decided {
  readonly run: DeploymentRun;
  readonly receipt: DecisionReceipt;
  /** How the deployment stood at last; null where it was not looked at. */
  readonly view: StatusView | null;
}

/** What became of a decision. */
export function decisionAnswer({ run, receipt: { decision, record }, view }: Decided): Answer {
  const { effect, verification, sentence } = record ?? NOT_TAKEN_UP;
  const json = {
    schemaVersion: 1,
    deployment: run.deployment,
    decision: decisionJson(decision),
    effect,
    verification,
    sentence,
    status: view === null ? null : statusJson(view),
  };
  const identity = verification === 'verified' ? 'identity verified' : 'identity not verified';
  const head = `${decision.kind} of ${run.deployment} by ${plain(decision.actor)} (${identity})`;
  return { json, text: [`${head}: ${plain(withoutKind(sentence, decision.kind))}`] };
}

const NOT_TAKEN_UP = {
  effect: null,
  verification: null,
  sentence: 'recorded; no worker has taken it up yet',
} as const;

function decisionJson(decision: Decision): object {
  return {
    id: decision.id,
    kind: decision.kind,
    actor: decision.actor,
    reason: decision.reason,
    planDigest: decision.planDigest ?? null,
    issuedAt: iso(decision.issuedAt),
    expiresAt: iso(decision.expiresAt),
  };
}

/** The workflow's sentence begins with the kind, which the line around it names already. */
export function withoutKind(sentence: string, kind: string): string {
  return sentence.startsWith(`${kind}: `) ? sentence.slice(kind.length + 2) : sentence;
}
