import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import type { WatchInput } from '../activities/watch-input';
import type { Decision } from '../domain/approval/decision';
import type { Activity } from '../domain/approval/standing';
import type { Criterion } from '../domain/analysis/criterion';
import type { Totals } from '../domain/analysis/verdict';
import type { DeploymentRequest, ServiceRef } from '../domain/deployment';
import type { Digest, Revision } from '../domain/revision';
import type { Compensation, PlannedRollout, Weights } from '../domain/rollout/plan';
import type { AlertChange, OpenAlert } from '../domain/monitoring/session';
import type { Fence } from '../domain/target-state';
import type { RollbackValidation } from '../domain/rollback/rollback-analysis';
import type { StableEntry, WarmEntry } from '../domain/service-record';
import { proxiesFor, type ActivityProxies } from './activity-proxies';
import { Control } from './control';
import { departureFailure, type Departure } from './departure';
import { Progress } from './progress';

/** One running deployment: what it knows, what it has to undo, and how it is interrupted. */
export class Deployment {
  readonly ref: ServiceRef;
  readonly runId = workflowInfo().runId;
  readonly activities: ActivityProxies;
  readonly progress: Progress;
  readonly control = new Control();
  /** Registered before each step acts. */
  readonly compensations: Compensation[] = [];
  /** The way forward: cancelled when a decision takes the deployment back. */
  readonly forward = new CancellationScope({ cancellable: true });
  decided: Departure | null = null;
  /** Whether a decision that would take the deployment back is being verified. Set by the decision loop. */
  isDeciding: () => boolean = () => false;
  /** The approvals that were counted. */
  readonly votes: Decision[] = [];
  /** What the step in progress does, apart from a pause. */
  doing: Exclude<Activity, 'paused'> = 'working';
  /** When the step in progress began: its watches, pauses and questions all count from there. */
  stepStartedAtMs = 0;
  /** New requests wait at the router. */
  isQueueing = false;
  /** What the router was told last, whole percent; empty before the first shift, and in the gap of recreate. */
  commandedWeights: Weights = {};
  /** The weights are empty: the gap of recreate. */
  isServedByNobody = false;
  /** Stable could not take its share of a split: everything went to the candidate, which answers. */
  isStableGone = false;
  planned: PlannedRollout | null = null;
  /** What served before, as recorded: serves again after a rollback. */
  stable: StableEntry | null = null;
  /** The fleet that an earlier deployment left standing by, while its undo window lasts; null: none. */
  inherited: WarmEntry | null = null;
  /** The same as the record names it, also where it cannot be gone back to any more. */
  standsBy: WarmEntry | null = null;
  inheritedWatch: CancellationScope | null = null;
  /** What was stable and gave way to the inherited fleet. */
  replaced: StableEntry | null = null;
  /** When the undo window ends; null before it began. */
  warmUntilMs: number | null = null;
  candidate: Revision | null = null;
  evidenceFromMs: number | null = null;
  /** The watch that began last; null before the first. */
  lastWatch: WatchInput | null = null;
  totals: Totals = { stable: { requests: 0, errors: 0 }, candidate: { requests: 0, errors: 0 } };
  readonly verdicts: {
    readonly stepId: string;
    readonly kind: string;
    readonly rule: string;
    readonly sentence: string;
  }[] = [];
  /** Settles once the candidate is written down as stable, or cannot be; null: nobody tried. */
  recordingAsStable: Promise<void> | null = null;
  /** Fleets of a dead run that still had traffic when this one began. */
  readonly strangers: Digest[] = [];
  /** What compensation did, in order, one phrase each. */
  readonly undone: string[] = [];
  /** The revision that was put on hold. */
  held: Digest | null = null;
  validation: RollbackValidation | null = null;
  /** When nothing of the candidate was left. */
  cleanAtMs: number | null = null;
  departure: Departure | null = null;
  /** Trouble that the monitors see and that people were told of. */
  openAlerts: readonly OpenAlert[] = [];
  readonly alertChanges: AlertChange[] = [];
  /** Criteria whose rollback a person refused, with the candidate's share then: only at a larger one they ask again. */
  readonly refusedAt = new Map<string, number>();
  /** Issues that stood when a person said: go on. They are not asked about again. */
  readonly acceptedIssues = new Set<string>();
  /** How many notifications there were, and how many are being handed over. */
  told = 0;
  beingTold = 0;
  private fence: Fence | null = null;

  constructor(readonly request: DeploymentRequest) {
    this.ref = { service: request.service, environment: request.environment };
    this.activities = proxiesFor(request.environment);
    this.progress = new Progress(request);
  }

  get activity(): Activity {
    return this.control.isPaused ? 'paused' : this.doing;
  }

  /** Says what the step does while it does it. */
  async while<T>(doing: Exclude<Activity, 'paused'>, body: () => Promise<T>): Promise<T> {
    const before = this.doing;
    this.doing = doing;
    try {
      return await body();
    } finally {
      this.doing = before;
    }
  }

  get hasEffects(): boolean {
    return this.fence !== null;
  }

  claimed(epoch: number): void {
    this.fence = { epoch, n: 0 };
  }

  /** The next place in the claim's order: raised before each effect, forward or backward. */
  nextFence(): Fence {
    this.fence = { epoch: this.fence?.epoch ?? 0, n: (this.fence?.n ?? 0) + 1 };
    return this.fence;
  }

  /** Every create happens at most once, however often its activity runs. */
  token(stepId: string): string {
    return `${this.request.deploymentId}/${stepId}`;
  }

  /** Leaves the way forward from inside of it. */
  leave(departure: Departure): never {
    throw departureFailure(departure);
  }

  /** Leaves the way forward from outside of it: a decision. The first one counts. */
  interrupt(departure: Departure): void {
    if (this.decided !== null) return;
    this.decided = departure;
    this.forward.cancel();
  }

  get hadUserTraffic(): boolean {
    return this.progress.snapshot().firstTrafficAtMs !== null;
  }

  /** What is watched, as the plan has it; none before there is one. */
  get criteria(): readonly Criterion[] {
    return this.planned?.plan.criteria.map(({ criterion }) => criterion) ?? [];
  }

  get stableDigest(): Digest | null {
    return this.stable?.revision.digest ?? null;
  }
}
