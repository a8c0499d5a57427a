/** Days of the configuration, in UTC. */
export const DAY_MS = 86_400_000;

/** The start of a day such as `2026-12-31`; null where there is no such day. */
export function dayMs(day: string): number | null {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(startMs)) return null;
  return new Date(startMs).toISOString().slice(0, 10) === day ? startMs : null;
}

export function isRealDay(day: string): boolean {
  return dayMs(day) !== null;
}
