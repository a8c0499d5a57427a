import { isLegalTransition } from '../../../src/domain/phase';
import type { Weights } from '../../../src/domain/rollout/plan';
import type { DeploymentStatus } from '../../../src/domain/status';
import { decodeAll } from './payloads';
import type { WorkflowCommand } from './sandbox';
import type { Violation } from './target-watch';

/** Looks after every workflow task whether something is wrong with what one deployment says and wants. */
export class StatusWatch {
  readonly violations: Violation[] = [];
  private before: DeploymentStatus | null = null;

  constructor(private readonly clock: () => number) {}

  /** What the workflow says about itself after a task, and what it wants next. */
  afterTask(status: DeploymentStatus, commands: readonly WorkflowCommand[]): void {
    const { before } = this;
    this.before = status;
    if (status.waitingFor !== null && status.untilMs === null) {
      this.violated('every wait has a deadline', `it waits for ${status.waitingFor}`);
    }
    this.examinePhases(status);
    if (before?.waitingFor === 'resume') this.examinePause(before, status, commands);
  }

  private examinePhases({ phases, phase }: DeploymentStatus): void {
    const names = [...phases.map((one) => one.phase), ...(phase === 'ended' ? [phase] : [])];
    const wrong = names.findIndex(
      (name, index) => index > 0 && !isLegalTransition(names[index - 1] ?? 'ended', name),
    );
    if (wrong !== -1)
      this.violated('phases follow the table', `${names[wrong - 1]} → ${names[wrong]}`);
  }

  /** Between a pause that has begun and its resume the candidate's weight does not rise. */
  private examinePause(
    before: DeploymentStatus,
    now: DeploymentStatus,
    commands: readonly WorkflowCommand[],
  ): void {
    const resumes = (status: DeploymentStatus): number =>
      status.decisions.filter(({ kind, effect }) => kind === 'resume' && effect === 'applied')
        .length;
    if (resumes(now) > resumes(before)) return;
    const candidate = now.revision ?? '';
    const raised = commands.some(({ scheduleActivity }) => {
      if (scheduleActivity?.activityType !== 'shiftTraffic') return false;
      const [{ weights }] = decodeAll(scheduleActivity.arguments) as [{ weights: Weights }];
      return (weights[candidate] ?? 0) > (before.weights?.candidate ?? 0);
    });
    if (raised) this.violated('a paused rollout never advances', 'the candidate got more weight');
  }

  private violated(invariant: string, detail: string): void {
    this.violations.push({ invariant, detail: `${detail} (at ${this.clock()})` });
  }
}
