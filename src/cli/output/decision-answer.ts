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
  const json = {
    schemaVersion: 1,
    deployment: run.deployment,
    decision: {
      id: decision.id,
      kind: decision.kind,
      actor: decision.actor,
      reason: decision.reason,
      planDigest: decision.planDigest ?? null,
      issuedAt: iso(decision.issuedAt),
      expiresAt: iso(decision.expiresAt),
    },
    effect: record?.effect ?? null,
    verification: record?.verification ?? null,
    sentence: record?.sentence ?? 'recorded; no worker has taken it up yet',
    status: view === null ? null : statusJson(view),
  };
  const identity =
    record?.verification === 'verified' ? 'identity verified' : 'identity not verified';
  const head = `${decision.kind} of ${run.deployment} by ${plain(decision.actor)} (${identity})`;
  return { json, text: [`${head}: ${plain(json.sentence)}`] };
}
