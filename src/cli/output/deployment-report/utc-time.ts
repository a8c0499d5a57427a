/** `10:02:33`, in UTC. */
export function utcTime(ms: number): string {
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15
    ? new Date(ms).toISOString().slice(11, 19)
    : 'an unknown time';
}
