import { defaultPayloadConverter } from '@temporalio/common';
import type { LiveCheck } from '../domain/checks/check-summary';
import type { LiveWatch } from '../domain/status';

interface PendingActivity {
  readonly heartbeatDetails?: { readonly payloads?: readonly object[] | null } | null;
}

/** The newest watch among the heartbeats of a run's open activities; null where none can be read. */
export function newestWatch(activities: readonly PendingActivity[]): LiveWatch | null {
  return heartbeats(activities)
    .filter(isWatch)
    .reduce<LiveWatch | null>((newest, watch) => {
      return newest === null || watch.atMs > newest.atMs ? watch : newest;
    }, null);
}

/** How far each check is that runs now. */
export function liveChecks(activities: readonly PendingActivity[]): readonly LiveCheck[] {
  return heartbeats(activities).filter(isCheck);
}

function heartbeats(activities: readonly PendingActivity[]): readonly unknown[] {
  return activities
    .flatMap(({ heartbeatDetails }) => heartbeatDetails?.payloads ?? [])
    .map(readPayload);
}

/** Null where it cannot be read. */
function readPayload(payload: object): unknown {
  try {
    return defaultPayloadConverter.fromPayload<unknown>(payload);
  } catch {
    return null;
  }
}

function isCheck(value: unknown): value is LiveCheck {
  if (typeof value !== 'object' || value === null) return false;
  const { check, done, total } = value as Partial<LiveCheck>;
  return typeof check === 'string' && typeof done === 'number' && typeof total === 'number';
}

function isWatch(value: unknown): value is LiveWatch {
  if (typeof value !== 'object' || value === null) return false;
  const watch = value as Partial<LiveWatch>;
  return (
    typeof watch.stepId === 'string' &&
    typeof watch.atMs === 'number' &&
    typeof watch.verdict?.sentence === 'string' &&
    hasCounts(watch)
  );
}

function hasCounts({ observed, totals, session }: Partial<LiveWatch>): boolean {
  return (
    typeof observed?.candidate === 'number' &&
    typeof totals?.candidate.requests === 'number' &&
    // A worker of before has no monitors.
    (session === undefined || Array.isArray(session.monitors))
  );
}
