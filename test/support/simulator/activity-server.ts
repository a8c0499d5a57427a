import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { temporal } from '@temporalio/proto';
import { runAttempt, type RunningAttempt, type SimulatedActivities } from './activity-attempt';
import type { Closing, ScheduledActivity } from './activity-task';
import { drawFate, untilPolledMs, type Chaos, type Fate } from './chaos';
import { encode, failureOf, type Failure } from './payloads';
import type { Random } from './random';
import { decideRetry } from './retry';
import type { VirtualTime } from './virtual-time';

const { TimeoutType } = temporal.api.enums.v1;

export interface ActivityServerOptions {
  readonly activities: SimulatedActivities;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly chaos: Chaos;
  /** From when the times of the chaos count. */
  readonly chaosFromMs: number;
  readonly onClosed: (task: ScheduledActivity, closing: Closing) => void;
}

/**
 * Runs activities as a server and its workers would: attempts, back-off, timeouts, heartbeats, cancellation; results
 * get lost, workers die, effects happen late.
 */
export class ActivityServer {
  /** Attempts that a worker still runs, whether the server waits for them or not. */
  inFlight = 0;
  attempts = 0;

  constructor(private readonly options: ActivityServerOptions) {}

  schedule(task: ScheduledActivity): void {
    this.waitForWorker(task, 0);
  }

  /** A worker hears of it with its next heartbeat; without one the activity ends here and now. */
  requestCancel(task: ScheduledActivity): void {
    if (task.state === 'closed') return;
    task.isCancelRequested = true;
    if (task.state === 'waiting') this.close(task, { kind: 'cancelled' });
  }

  /** The workflow has ended: nothing is retried any more; what runs runs on. */
  abandon(task: ScheduledActivity): void {
    task.stopWaiting();
    task.state = 'closed';
  }

  private waitForWorker(task: ScheduledActivity, delayMs: number): void {
    const { time, random, chaos, chaosFromMs } = this.options;
    task.state = 'waiting';
    const fate = drawFate(chaos, random);
    const dueMs = time.nowMs + delayMs + fate.queueMs;
    const absentMs = untilPolledMs(chaos, dueMs - chaosFromMs);
    task.stopWaiting = time.after(dueMs + absentMs - time.nowMs, () => {
      this.start(task, fate);
    });
  }

  private start(task: ScheduledActivity, fate: Fate): void {
    const { time } = this.options;
    task.state = 'running';
    task.attempt += 1;
    this.attempts += 1;
    const { attempt } = task;
    const isCurrent = (): boolean => task.state === 'running' && task.attempt === attempt;
    const isSilent = fate.kind === 'dies-before' || fate.kind === 'dies-after';
    const { timeoutMs, timeoutType } = timeoutOf(task, isSilent);
    const stopTimeout = time.after(timeoutMs, () => {
      if (isCurrent()) this.failed(task, timeoutFailure(timeoutType), 'timed-out');
    });
    task.stopWaiting = stopTimeout;
    if (fate.kind === 'dies-before') return;
    time.after(fate.actMs, () => {
      this.act(task, fate, isCurrent);
    });
  }

  private act(task: ScheduledActivity, fate: Fate, isCurrent: () => boolean): void {
    const { time } = this.options;
    const answer = (tell: () => void): void => {
      time.after(fate.answerMs, () => {
        if (isCurrent()) tell();
      });
    };
    if (fate.kind === 'fails-before') {
      answer(() => this.failed(task, failureOf(lost('before')), 'failed'));
      return;
    }
    this.inFlight += 1;
    const running: RunningAttempt = runAttempt({ ...this.options, task, isCurrent });
    void running.ended.then((outcome) => {
      this.inFlight -= 1;
      if (fate.kind === 'dies-after') return;
      if (fate.kind === 'fails-after') {
        answer(() => this.failed(task, failureOf(lost('after')), 'failed'));
      } else if (outcome.kind === 'result') {
        answer(() => this.close(task, { kind: 'completed', result: encode(outcome.result) }));
      } else if (outcome.error instanceof CancelledFailure && task.isCancelRequested) {
        answer(() => this.close(task, { kind: 'cancelled' }));
      } else {
        answer(() => this.failed(task, failureOf(outcome.error), 'failed'));
      }
    });
  }

  private failed(task: ScheduledActivity, failure: Failure, kind: 'failed' | 'timed-out'): void {
    task.stopWaiting();
    task.lastFailure = failure;
    const decision = decideRetry(task, failure);
    if (decision.kind === 'retry') this.waitForWorker(task, decision.delayMs);
    else this.close(task, { kind, failure, retryState: decision.retryState });
  }

  private close(task: ScheduledActivity, closing: Closing): void {
    task.stopWaiting();
    task.isWaiting = task.state === 'waiting';
    task.state = 'closed';
    this.options.onClosed(task, closing);
  }
}

function lost(when: 'before' | 'after'): ApplicationFailure {
  return ApplicationFailure.create({
    message: `simulated: the connection broke ${when} the activity had acted`,
    type: 'INTERNAL',
  });
}

/** Without heartbeats the shorter of both rings; heartbeats are taken to arrive while the attempt lives. */
function timeoutOf(
  { startToCloseMs, heartbeatMs }: ScheduledActivity,
  isSilent: boolean,
): { readonly timeoutMs: number; readonly timeoutType: temporal.api.enums.v1.TimeoutType } {
  if (isSilent && heartbeatMs !== null && heartbeatMs < startToCloseMs) {
    return { timeoutMs: heartbeatMs, timeoutType: TimeoutType.TIMEOUT_TYPE_HEARTBEAT };
  }
  return { timeoutMs: startToCloseMs, timeoutType: TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE };
}

function timeoutFailure(timeoutType: temporal.api.enums.v1.TimeoutType): Failure {
  return { message: 'activity timeout', timeoutFailureInfo: { timeoutType } };
}
