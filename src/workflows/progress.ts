import { setCurrentDetails } from '@temporalio/workflow';
import type { CheckId, CheckStatus } from '../domain/checks/check-summary';
import type { DecisionRecord } from '../domain/approval/decision';
import type { Totals, Verdict } from '../domain/analysis/verdict';
import type { PerformanceResult } from '../domain/monitoring/performance';
import type { MonitoringSession, OpenAlert } from '../domain/monitoring/session';
import { sparseStatus } from '../domain/sparse-status';
import type { DeploymentRequest } from '../domain/deployment';
import type { Outcome } from '../domain/outcome';
import type { Phase } from '../domain/phase';
import type { Digest } from '../domain/revision';
import type { PlannedRollout, Step, Weights } from '../domain/rollout/plan';
import type { ArmWeights, DeploymentStatus, PhaseStatus, StepStatus } from '../domain/status';
import { wayBackSentence } from '../domain/rollout/undo-sentence';
import { detailsOf } from './current-details';
import { publish } from './search-attributes';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Enough to see what happened; a flood of junk signals must not grow the state without bound. */
const MOST_DECISIONS = 50;
const LONGEST_TEXT = 400;

/** What `status` answers, kept as the deployment goes along; every phase is also told to Temporal Web. */
export class Progress {
  private readonly status: Mutable<DeploymentStatus>;
  private readonly humanMs = new Map<Phase, number>();
  private waitingSinceMs: number | null = null;

  constructor(request: DeploymentRequest) {
    this.status = initialStatus(request);
  }

  snapshot(): DeploymentStatus {
    return this.status;
  }

  /** The part of a phase that waited for a person. */
  humanMsOf(phase: Phase): number {
    return this.humanMs.get(phase) ?? 0;
  }

  enter(phase: Phase): void {
    this.endPhase(null);
    this.status.phase = phase;
    this.status.step = null;
    if (phase !== 'ended') {
      this.status.phases = [...this.status.phases, startedPhase(phase)];
    }
    if (phase === 'warm') {
      this.status.live = true;
      this.status.liveAtMs ??= Date.now();
    }
    this.tell();
  }

  /** One line about how the current phase went. */
  result(text: string): void {
    const phases = [...this.status.phases];
    const last = phases.pop();
    if (last) this.status.phases = [...phases, { ...last, result: text }];
  }

  /** A check starts (`null`) or has ended. */
  check(check: CheckId, ended: { readonly ok: boolean; readonly sentence: string } | null): void {
    const state = ended === null ? 'doing' : ended.ok ? 'done' : 'failed';
    const now: CheckStatus = { check, state, progress: null, result: ended?.sentence ?? null };
    const others = this.status.checks.filter((one) => one.check !== check);
    this.status.checks = [...others, now];
    this.details();
  }

  planned({ plan, digest }: PlannedRollout): void {
    this.status.planDigest = digest;
    this.status.strategy = plan.strategy;
    this.status.stable = plan.stable;
    this.status.notes = plan.notes;
    this.status.steps = plan.steps.map((step) => plannedStep(step, plan.candidate.digest));
    this.status.undo = wayBackSentence(plan);
    this.status.weights = plan.stable === null ? null : { stable: 100, candidate: 0 };
    this.status.observed = this.status.weights;
  }

  revision(digest: Digest): void {
    this.status.revision = digest;
  }

  step(step: Step, change: Pick<StepStatus, 'state'> & Partial<StepStatus>): void {
    const nowMs = Date.now();
    const times = change.state === 'doing' ? { startedAtMs: nowMs } : { endedAtMs: nowMs };
    this.status.step = change.state === 'doing' ? step.id : this.status.step;
    this.status.steps = this.status.steps.map((known) =>
      known.id === step.id ? { ...known, ...times, ...change } : known,
    );
    this.details();
  }

  commanded(weights: Weights, observed: Weights | null): void {
    this.status.weights = this.byArm(weights);
    if (observed !== null) this.status.observed = this.byArm(observed);
    if (this.status.weights.candidate > 0) this.status.firstTrafficAtMs ??= Date.now();
    // Without a worker, status has only what was published: it must not show weights of before.
    this.tell();
  }

  watched(seen: {
    readonly verdict: Verdict;
    readonly totals: Totals;
    readonly observed: ArmWeights;
    readonly session: MonitoringSession;
  }): void {
    this.status.session = seen.session;
    this.status.verdict = seen.verdict;
    this.status.totals = seen.totals;
    this.status.observed = seen.observed;
  }

  openAlerts(alerts: readonly OpenAlert[]): void {
    this.status.openAlerts = alerts;
    this.details();
  }

  validated(performance: PerformanceResult): void {
    this.status.performance = performance;
    this.details();
  }

  counted(totals: Totals): void {
    this.status.totals = totals;
  }

  waits(waitingFor: string, until: { readonly untilMs: number; readonly ifNothing: string }): void {
    this.status.waitingFor = waitingFor;
    this.status.untilMs = until.untilMs;
    this.status.ifNothing = until.ifNothing;
    this.waitingSinceMs = Date.now();
    this.details();
  }

  waitsNoMore(): void {
    if (this.waitingSinceMs !== null) {
      const { phase } = this.status;
      this.humanMs.set(phase, this.humanMsOf(phase) + Date.now() - this.waitingSinceMs);
    }
    this.waitingSinceMs = null;
    this.status.waitingFor = null;
    this.status.untilMs = null;
    this.status.ifNothing = null;
    this.details();
  }

  decision(record: DecisionRecord): void {
    this.status.decisions = withoutFlood([...this.status.decisions, shortened(record)]);
    this.details();
  }

  alert(message: string): void {
    this.status.alerts = [...this.status.alerts, message];
    this.details();
  }

  leaves(cause: string): void {
    this.status.cause = cause;
    this.status.decidedAtMs = Date.now();
    this.status.live = false;
    this.waitsNoMore();
  }

  /** What serves after the way back is another revision than the one that was stable. */
  turnsTo(stable: Digest): void {
    this.status.stable = stable;
  }

  /** The steps of a way back that was planned, after those that were to lead forward. */
  wayBack(steps: readonly Step[]): void {
    const { revision } = this.status;
    const forward = this.status.steps.filter(({ phase }) => phase !== 'rollback');
    this.status.steps = [...forward, ...steps.map((step) => plannedStep(step, revision ?? ''))];
  }

  /** The way back is run: whatever it covers is undone. */
  undone(isUndone: (id: string) => boolean): void {
    this.status.steps = this.status.steps.map((step) =>
      step.state === 'done' && isUndone(step.id) ? { ...step, state: 'undone' } : step,
    );
  }

  safe(): void {
    this.status.safeAtMs = Date.now();
  }

  leftBehind(name: string): void {
    this.status.leftBehind = [...this.status.leftBehind, name];
  }

  end(outcome: Outcome, cause: string): void {
    this.status.outcome = outcome;
    this.status.cause = cause;
    this.status.endedAtMs = Date.now();
    this.enter('ended');
  }

  private endPhase(result: string | null): void {
    const phases = [...this.status.phases];
    const last = phases.pop();
    if (last?.endedAtMs === null) {
      this.status.phases = [
        ...phases,
        { ...last, endedAtMs: Date.now(), result: last.result ?? result },
      ];
    }
  }

  private byArm(weights: Weights): ArmWeights {
    const { stable, revision } = this.status;
    return {
      stable: stable === null ? 0 : (weights[stable] ?? 0),
      candidate: revision === null ? 0 : (weights[revision] ?? 0),
    };
  }

  private tell(): void {
    publish({ ...this.status, candidatePercent: this.status.weights?.candidate ?? 0 });
    this.details();
  }

  private details(): void {
    setCurrentDetails(detailsOf(this.status));
  }
}

function startedPhase(phase: Phase): PhaseStatus {
  return { phase, startedAtMs: Date.now(), endedAtMs: null, result: null };
}

function plannedStep(step: Step, candidate: Digest): StepStatus {
  const candidateWeight = 'weights' in step ? (step.weights[candidate] ?? 0) : null;
  const { id, kind, phase, summary } = step;
  const times = { startedAtMs: null, endedAtMs: null, result: null };
  const limits = step.kind === 'bake' ? step.limits : null;
  return { id, kind, phase, summary, state: 'to do', ...times, candidateWeight, limits };
}

function initialStatus(request: DeploymentRequest): DeploymentStatus {
  const { notes, initiator } = request;
  return {
    ...sparseStatus(request.deploymentId, request),
    notes,
    initiator,
    startedAtMs: Date.now(),
  };
}

function shortened(record: DecisionRecord): DecisionRecord {
  const cut = (text: string): string => text.slice(0, LONGEST_TEXT);
  const { actor, reason, sentence } = record;
  return {
    ...record,
    id: cut(record.id),
    actor: actor === null ? null : cut(actor),
    reason: reason === null ? null : cut(reason),
    sentence: cut(sentence),
  };
}

/** Junk goes first: it must not hide what people decided. */
function withoutFlood(decisions: readonly DecisionRecord[]): readonly DecisionRecord[] {
  if (decisions.length <= MOST_DECISIONS) return decisions;
  const junk = decisions.findIndex(({ kind }) => kind === 'unreadable');
  return decisions.filter((_one, index) => index !== Math.max(0, junk));
}
