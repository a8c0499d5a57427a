/** The day in UTC: `2026-12-01`. */
export function formatDate(atMs: number): string {
  return Number.isFinite(atMs) && Math.abs(atMs) < 8.64e15
    ? new Date(atMs).toISOString().slice(0, 10)
    : 'a day that is no date';
}
