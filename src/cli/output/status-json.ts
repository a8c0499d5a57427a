import type { StatusView } from '../../client/index';
import type { MonitoringSession } from '../../domain/monitoring/session';
import type { ArmWeights } from '../../domain/status';
import { iso } from './durations';
import { placeJson } from './line-json';

/** `belay status --output json`: integer percent, ISO times, null where nothing. Additive changes only. */
export interface StatusJson {
  readonly schemaVersion: 1;
  readonly deployment: string;
  readonly service: string;
  readonly environment: string;
  readonly revision: string | null;
  readonly strategy: string | null;
  readonly phase: string;
  readonly step: string | null;
  readonly weights: ArmWeights | null;
  readonly observed: ArmWeights | null;
  readonly waitingFor: string | null;
  readonly until: string | null;
  readonly planDigest: string | null;
  readonly outcome: string | null;
  readonly [more: string]: unknown;
}

export function statusJson(view: StatusView): StatusJson {
  const { status, source, because, workflowId, runId, line } = view;
  return {
    schemaVersion: 1,
    deployment: status.deployment,
    service: status.service,
    environment: status.environment,
    revision: status.revision,
    strategy: status.strategy,
    phase: status.phase,
    step: status.step,
    weights: wholePercent(status.weights),
    observed: wholePercent(status.observed),
    waitingFor: status.waitingFor,
    until: iso(status.untilMs),
    planDigest: status.planDigest,
    outcome: status.outcome,
    stable: status.stable,
    live: status.live,
    cause: status.cause,
    ifNothing: status.ifNothing,
    initiator: status.initiator,
    startedAt: iso(status.startedAtMs),
    firstTrafficAt: iso(status.firstTrafficAtMs),
    liveAt: iso(status.liveAtMs),
    decidedAt: iso(status.decidedAtMs),
    safeAt: iso(status.safeAtMs),
    endedAt: iso(status.endedAtMs),
    phases: status.phases.map(({ phase, startedAtMs, endedAtMs, result }) => ({
      phase,
      startedAt: iso(startedAtMs),
      endedAt: iso(endedAtMs),
      result,
    })),
    checks: status.checks,
    steps: status.steps.map(({ startedAtMs, endedAtMs, ...step }) => ({
      ...step,
      startedAt: iso(startedAtMs),
      endedAt: iso(endedAtMs),
    })),
    verdict: status.verdict,
    totals: status.totals,
    ...monitoringJson(view),
    decisions: status.decisions.map(({ issuedAtMs, receivedAtMs, ...decision }) => ({
      ...decision,
      issuedAt: iso(issuedAtMs),
      receivedAt: iso(receivedAtMs),
    })),
    alerts: status.alerts,
    notes: status.notes,
    leftBehind: status.leftBehind,
    ...originJson(view),
    line: line?.map(placeJson) ?? null,
    source,
    sourceReason: because,
    workflowId,
    runId,
  };
}

function monitoringJson({ status, look }: StatusView): object {
  const { openAlerts, performance, session, undo } = status;
  return {
    look:
      look === undefined
        ? null
        : {
            at: iso(look.atMs),
            nextAt: iso(look.nextAtMs),
            stepRequests: look.stepRequests,
          },
    session: session === null ? null : sessionJson(session),
    openAlerts: openAlerts.map(({ sinceMs, ...alert }) => ({ ...alert, since: iso(sinceMs) })),
    performance,
    undo,
  };
}

function sessionJson({ atMs, ...session }: MonitoringSession): object {
  return { at: iso(atMs), ...session };
}

/** Null where it could not be read, too. */
function originJson({ origin }: StatusView): object {
  return {
    commit: origin?.commit ?? null,
    reason: origin?.reason ?? null,
    approvalsNeeded: origin?.approvalsNeeded ?? null,
  };
}

/** Rounded so that the two always sum to 100 and neither hides: 0 and 100 only where it is exactly that. */
function wholePercent(weights: ArmWeights | null): ArmWeights | null {
  if (weights === null) return null;
  if (weights.stable + weights.candidate === 0) return { stable: 0, candidate: 0 };
  const rounded = Math.round(weights.candidate);
  const isWhole = weights.candidate === 0 || weights.stable === 0;
  const candidate = isWhole ? rounded : Math.min(99, Math.max(1, rounded));
  return { stable: 100 - candidate, candidate };
}
