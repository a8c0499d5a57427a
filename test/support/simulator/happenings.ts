import type { Decision } from '../../../src/domain/approval/decision';
import type { Digest } from '../../../src/domain/revision';
import type { DeploymentStatus } from '../../../src/domain/status';
import { encode } from './payloads';
import { REF, type Event, type Happening, type Scenario } from './scenario';
import type { SimulatedWorld } from './simulated-world';
import type { VirtualTime } from './virtual-time';
import type { WorkflowRun } from './workflow-run';

interface Means {
  readonly scenario: Scenario;
  readonly world: SimulatedWorld;
  readonly time: VirtualTime;
}

export interface SentDecision {
  readonly decision: Decision;
  readonly atMs: number;
}

/** What people and the world do to a deployment, each thing once. */
export class Happenings {
  private readonly waiting: Set<Happening>;
  private newest: DeploymentStatus | null = null;
  /** Every decision that arrived while the run was open. */
  readonly sent: SentDecision[] = [];

  constructor(private readonly means: Means) {
    this.waiting = new Set(means.scenario.happenings);
  }

  look(status: DeploymentStatus, run: WorkflowRun): void {
    this.newest = status;
    for (const happening of this.waiting) {
      if (!happening.when(status)) continue;
      this.waiting.delete(happening);
      this.means.time.after(happening.plusMs, () => {
        this.happen(happening.what, run);
      });
    }
  }

  private happen(event: Event, run: WorkflowRun): void {
    switch (event.kind) {
      case 'decide':
        this.decide(event, run);
        return;
      case 'signal':
        run.signal('decide', [encode(event.payload)]);
        return;
      case 'undecodable':
        run.signal('decide', [UNDECODABLE]);
        return;
      case 'cancel':
        run.requestCancel();
        return;
      case 'await-decision':
        run.update(`await-${event.id}`, 'awaitDecision', [event.id]);
        return;
      default:
        this.changeWorld(event);
    }
  }

  private changeWorld(
    event: Extract<Event, { kind: 'behave' | 'lose' | 'mend' | 'platform' | 'traffic' }>,
  ): void {
    const { target } = this.means.world;
    switch (event.kind) {
      case 'behave':
        target.behave(this.digestOf(event.who), event.change);
        return;
      case 'lose':
        target.lose(this.digestOf(event.who), event.instances);
        return;
      case 'mend':
        target.mend(this.digestOf(event.who));
        return;
      case 'platform':
        target.setAvailable(event.available);
        return;
      case 'traffic':
        target.setTraffic(REF, event.requestsPerSecond);
    }
  }

  /** Nobody's, where there is no such revision. */
  private digestOf(who: 'stable' | 'candidate'): Digest {
    const { stable, candidate } = this.means.world;
    return (who === 'stable' ? stable : candidate)?.digest ?? '';
  }

  private decide(event: Extract<Event, { kind: 'decide' }>, run: WorkflowRun): void {
    if (this.newest === null || run.end !== null) return;
    const decision = event.decision(this.newest);
    this.sent.push({ decision, atMs: this.means.time.nowMs });
    run.signal('decide', [encode(decision)]);
  }
}

const UNDECODABLE = {
  metadata: { encoding: Buffer.from('x/y') },
  data: Buffer.from('no converter reads this'),
};
