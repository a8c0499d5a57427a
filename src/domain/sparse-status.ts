import type { ServiceRef } from './deployment';
import type { DeploymentStatus } from './status';

/** A status that says only what is certain, to be filled with what a source knows. */
export function sparseStatus(deployment: string, ref: ServiceRef): DeploymentStatus {
  return {
    deployment,
    service: ref.service,
    environment: ref.environment,
    revision: null,
    stable: null,
    strategy: null,
    phase: 'store',
    step: null,
    planDigest: null,
    weights: null,
    observed: null,
    waitingFor: null,
    untilMs: null,
    ifNothing: null,
    outcome: null,
    live: false,
    cause: null,
    phases: [],
    checks: [],
    steps: [],
    verdict: null,
    totals: null,
    decisions: [],
    alerts: [],
    notes: [],
    leftBehind: [],
    initiator: '',
    startedAtMs: 0,
    firstTrafficAtMs: null,
    liveAtMs: null,
    decidedAtMs: null,
    safeAtMs: null,
    endedAtMs: null,
  };
}
