/** So many of so many. */
export interface Share {
  readonly events: number;
  readonly of: number;
}

const FEWEST_EVENTS = 3;
const FAR = 4;
const CLEARLY = 3;

/** Whether that many events are far more than what was to be expected: by four standard deviations of a count. */
export function isFarMoreThan(events: number, expected: number): boolean {
  const surprise = FAR * Math.sqrt(expected + 1);
  return events >= FEWEST_EVENTS && events > expected + surprise;
}

/**
 * Whether the candidate fails far more often than stable: more than twice as often, by more than one percentage point,
 * and by more than chance explains.
 */
export function isFarMoreOften(candidate: Share, stable: Share): boolean {
  if (candidate.of === 0 || stable.of === 0) return false;
  const rate = candidate.events / candidate.of;
  const usual = stable.events / stable.of;
  return (
    rate > 2 * usual &&
    rate - usual > 0.01 &&
    isFarMoreThan(candidate.events, expectedOf(candidate, stable))
  );
}

/** Whether stable's rate and chance (three standard deviations of a count) explain what the candidate has. */
export function isWithinChance(candidate: Share, stable: Share): boolean {
  if (stable.of === 0) return false;
  const expected = expectedOf(candidate, stable);
  return candidate.events <= expected + CLEARLY * Math.sqrt(expected + 1);
}

/** Two events are added to stable's, so that few requests of it excuse more. */
function expectedOf(candidate: Share, stable: Share): number {
  return candidate.of * Math.min(1, (stable.events + 2) / (stable.of + 2));
}
