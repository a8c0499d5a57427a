/** Rolled back at least once, however short the run is to be. */
const LEAST_ROUNDS = 2;

/**
 * The way of the next deployment; null when enough was seen.
 *
 * @param {{ways: readonly string[], played: number, sent: number, requests: number}} progress
 *   `played`: deployments that went their way; `sent` of so many `requests` that are wanted
 */
export function nextWay({ ways, played, sent, requests }) {
  if (played >= LEAST_ROUNDS && sent >= requests) return null;
  return ways[played % ways.length];
}
