import type { MonitorName } from './policy';
import type { MonitorReport } from './session';

/** What a worker keeps between two looks: plain data. Losing it does no harm. */
export type AlertMemory = Readonly<Partial<Record<MonitorName, MonitorMemory>>>;

export interface MonitorMemory {
  /** When the monitor was last seen healthy, with nothing else seen since; null: the last look was not healthy. */
  readonly healthyAtMs: number | null;
  /** For how long it was seen healthy since it last was not; time without data does not count. */
  readonly healthyForMs: number;
  /** When its last alert was over; null: not known. */
  readonly resolvedAtMs: number | null;
}

export const NO_MEMORY: MonitorMemory = {
  healthyAtMs: null,
  healthyForMs: 0,
  resolvedAtMs: null,
};

/** Two looks further apart than this do not vouch for all the time between them. */
const LONGEST_STEP_MS = 30_000;

/** What is remembered after one more look. */
export function hearLook(
  memory: MonitorMemory,
  { healthy }: MonitorReport,
  atMs: number,
): MonitorMemory {
  // Without data nothing is known: what was seen before stands, and the time until the next look does not count.
  if (healthy === null) return { ...memory, healthyAtMs: null };
  if (!healthy) return { ...memory, healthyAtMs: null, healthyForMs: 0 };
  const stepMs = memory.healthyAtMs === null ? 0 : atMs - memory.healthyAtMs;
  const countedMs = Math.min(LONGEST_STEP_MS, Math.max(0, stepMs));
  return { ...memory, healthyAtMs: atMs, healthyForMs: memory.healthyForMs + countedMs };
}
