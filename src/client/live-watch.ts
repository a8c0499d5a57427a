import { defaultPayloadConverter } from '@temporalio/common';
import type { LiveWatch } from '../domain/status';

interface PendingActivity {
  readonly heartbeatDetails?: { readonly payloads?: readonly object[] | null } | null;
}

/** The newest watch among the heartbeats of a run's open activities; null where none can be read. */
export function newestWatch(activities: readonly PendingActivity[]): LiveWatch | null {
  return activities
    .flatMap(({ heartbeatDetails }) => heartbeatDetails?.payloads ?? [])
    .map(readWatch)
    .filter((watch) => watch !== null)
    .reduce<LiveWatch | null>((newest, watch) => {
      return newest === null || watch.atMs > newest.atMs ? watch : newest;
    }, null);
}

function readWatch(payload: object): LiveWatch | null {
  try {
    const value = defaultPayloadConverter.fromPayload<unknown>(payload);
    return isWatch(value) ? value : null;
  } catch {
    return null;
  }
}

function isWatch(value: unknown): value is LiveWatch {
  if (typeof value !== 'object' || value === null) return false;
  const watch = value as Partial<LiveWatch>;
  return (
    typeof watch.stepId === 'string' &&
    typeof watch.atMs === 'number' &&
    typeof watch.verdict?.sentence === 'string' &&
    typeof watch.observed?.candidate === 'number' &&
    typeof watch.totals?.candidate.requests === 'number'
  );
}
