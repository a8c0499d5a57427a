import type { StatusView } from '../../client/index';
import { sparseStatus } from '../../domain/sparse-status';
import type { ArmWeights, DeploymentStatus, PhaseStatus, StepStatus } from '../../domain/status';
import { iso } from './durations';
import { monitoringEvents } from './monitoring-events';
import { plain } from './style';

export interface Look {
  readonly nowMs: number;
  /** Nothing older is told; default: everything so far. */
  readonly sinceMs?: number;
}

/**
 * What changed between two looks, one line a change, oldest first: for logs, where nothing is ever rewritten. Without
 * an earlier look, everything since {@link Look.sinceMs}.
 */
export function progressLines(
  before: StatusView | null,
  now: StatusView,
  { nowMs, sinceMs = 0 }: Look,
): readonly string[] {
  const old = before?.status ?? sparseStatus(now.status.deployment, now.status);
  const events = [
    ...sourceEvents(before, now, nowMs),
    ...phaseEvents(old, now.status),
    ...stepEvents(old, now.status, nowMs),
    ...trafficEvents(old, now.status, nowMs),
    ...monitoringEvents(old, now.status).map((text) => ({ atMs: nowMs, text })),
    ...wordEvents(old, now.status, nowMs),
    ...endEvents(old, now.status, nowMs),
  ];
  return events
    .filter(({ atMs }) => atMs >= sinceMs)
    .map((event, index) => ({ ...event, index }))
    .sort((a, b) => a.atMs - b.atMs || a.index - b.index)
    .map(({ atMs, text }) => stamped(text, atMs));
}

/** One line of a log, with its time. */
export function stamped(text: string, atMs: number): string {
  const time = (iso(atMs) ?? '').replace(/\.\d+Z$/, 'Z');
  return `${time} ${plain(text)}`;
}

interface Event {
  readonly atMs: number;
  readonly text: string;
}

function sourceEvents(before: StatusView | null, now: StatusView, nowMs: number): Event[] {
  if (before?.source === now.source || (before === null && now.source === 'workflow')) return [];
  const why = now.because === null ? '' : ` because="${now.because}"`;
  return [{ atMs: nowMs, text: `source=${now.source}${why}` }];
}

function phaseEvents(old: DeploymentStatus, now: DeploymentStatus): Event[] {
  return now.phases.flatMap((phase, index) => {
    const known: PhaseStatus | undefined = old.phases[index];
    const started = { atMs: phase.startedAtMs, text: `phase=${phase.phase} state=doing` };
    const result = phase.result === null ? '' : ` result="${phase.result}"`;
    const ended = `phase=${phase.phase} state=done${result}`;
    return [
      ...(known === undefined ? [started] : []),
      ...(phase.endedAtMs !== null && (known?.endedAtMs ?? null) === null
        ? [{ atMs: phase.endedAtMs, text: ended }]
        : []),
    ];
  });
}

function stepEvents(old: DeploymentStatus, now: DeploymentStatus, nowMs: number): Event[] {
  return now.steps.flatMap((step) => {
    const known = old.steps.find(({ id }) => id === step.id)?.state ?? 'to do';
    return known === step.state ? [] : [stepEvent(step, nowMs)];
  });
}

function stepEvent(step: StepStatus, nowMs: number): Event {
  const state = step.state.replace(' ', '-');
  const result = step.result === null ? step.summary : step.result;
  const atMs = stepTimeMs(step) ?? nowMs;
  return { atMs, text: `step=${step.id} state=${state} "${result}"` };
}

/** An undone step keeps the time of its own end: when it was undone is only known as now. */
function stepTimeMs({ state, startedAtMs, endedAtMs }: StepStatus): number | null {
  if (state === 'undone') return null;
  return state === 'doing' ? startedAtMs : endedAtMs;
}

function trafficEvents(old: DeploymentStatus, now: DeploymentStatus, nowMs: number): Event[] {
  const shown = trafficText(now.observed);
  const traffic = shown === null || shown === trafficText(old.observed) ? [] : [shown];
  const { verdict } = now;
  const isNew = verdict !== null && verdict.kind !== old.verdict?.kind;
  const verdicts = isNew ? [`verdict=${verdict.kind} "${verdict.sentence}"`] : [];
  return [...traffic, ...verdicts].map((text) => ({ atMs: nowMs, text }));
}

function trafficText(observed: ArmWeights | null): string | null {
  if (observed === null) return null;
  const [stable, candidate] = [observed.stable, observed.candidate].map(Math.round);
  return `traffic stable=${stable ?? 0}% candidate=${candidate ?? 0}% (observed)`;
}

function wordEvents(old: DeploymentStatus, now: DeploymentStatus, nowMs: number): Event[] {
  const known = new Set(old.decisions.map(({ id }) => id));
  const decisions = now.decisions
    .filter(({ id }) => !known.has(id))
    .map((decision) => ({
      atMs: decision.receivedAtMs,
      text:
        `decision=${decision.kind} by="${decision.actor ?? 'unknown'}" effect=${decision.effect} ` +
        `${identityWords(decision.verification)} "${decision.sentence}"`,
    }));
  const alerts = now.alerts
    .slice(old.alerts.length)
    .map((alert) => ({ atMs: nowMs, text: `alert "${alert}"` }));
  return [...decisions, ...alerts, ...waitEvents(old, now, nowMs)];
}

function waitEvents(old: DeploymentStatus, now: DeploymentStatus, nowMs: number): Event[] {
  if (now.waitingFor === null || now.waitingFor === old.waitingFor) return [];
  const until = iso(now.untilMs);
  const otherwise = now.ifNothing === null ? '' : ` else="${now.ifNothing}"`;
  const text = `waiting for=${now.waitingFor}${until === null ? '' : ` until=${until}`}${otherwise}`;
  return [{ atMs: nowMs, text }];
}

function endEvents(old: DeploymentStatus, now: DeploymentStatus, nowMs: number): Event[] {
  return [
    ...leavingEvents(old, now, nowMs),
    ...liveEvents(old, now, nowMs),
    ...outcomeEvents(old, now, nowMs),
  ];
}

function leavingEvents(old: DeploymentStatus, now: DeploymentStatus, nowMs: number): Event[] {
  if (now.cause === null || now.cause === old.cause || now.outcome !== null) return [];
  return [{ atMs: now.decidedAtMs ?? nowMs, text: `leaving cause="${now.cause}"` }];
}

function liveEvents(old: DeploymentStatus, now: DeploymentStatus, nowMs: number): Event[] {
  if (!now.live || old.live) return [];
  return [{ atMs: now.liveAtMs ?? nowMs, text: `live revision=${now.revision ?? 'unknown'}` }];
}

function outcomeEvents(old: DeploymentStatus, now: DeploymentStatus, nowMs: number): Event[] {
  if (now.outcome === null || now.outcome === old.outcome) return [];
  const cause = now.cause === null ? '' : ` cause="${now.cause}"`;
  return [{ atMs: now.endedAtMs ?? nowMs, text: `outcome=${now.outcome}${cause}` }];
}

function identityWords(verification: string): string {
  if (verification === 'verified') return 'identity=verified';
  return verification === 'refused' ? 'identity=refused' : 'identity="not verified"';
}
