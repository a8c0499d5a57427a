import { defaultActivityInfo, MockActivityEnvironment } from '@temporalio/testing';
import type { ScheduledActivity } from './activity-task';

export type AttemptOutcome =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly error: unknown };

/** What the workers of an environment can do, by name. */
export type SimulatedActivities = Readonly<
  Record<string, ((input: never) => Promise<unknown>) | undefined>
>;

export interface RunningAttempt {
  readonly ended: Promise<AttemptOutcome>;
}

interface Attempt {
  readonly activities: SimulatedActivities;
  readonly task: ScheduledActivity;
  /** False once the server has given this attempt up. */
  readonly isCurrent: () => boolean;
}

/** One attempt by one worker, in the SDK's own activity context. */
export function runAttempt({ activities, task, isCurrent }: Attempt): RunningAttempt {
  const environment = new MockActivityEnvironment(
    {
      ...defaultActivityInfo,
      attempt: task.attempt,
      activityId: task.id,
      activityType: task.type,
      heartbeatDetails: task.heartbeatDetails,
      ...(task.heartbeatMs === null ? {} : { heartbeatTimeoutMs: task.heartbeatMs }),
      startToCloseTimeoutMs: task.startToCloseMs,
    },
    { logger: SILENT },
  );
  environment.on('heartbeat', (details: unknown) => {
    if (!isCurrent()) {
      environment.cancel('NOT_FOUND');
      return;
    }
    task.heartbeatDetails = details;
    if (task.isCancelRequested) environment.cancel('CANCELLED');
  });
  const body = activities[task.type];
  if (body === undefined) throw new Error(`the worker has no activity "${task.type}"`);
  return {
    ended: outcomeOf(environment.run(body as (input: unknown) => Promise<unknown>, task.input[0])),
  };
}

async function outcomeOf(running: Promise<unknown>): Promise<AttemptOutcome> {
  try {
    return { kind: 'result', result: await running };
  } catch (error) {
    return { kind: 'error', error };
  }
}

const nothing = (): void => undefined;
const SILENT = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};
