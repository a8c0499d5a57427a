/** Of all five scanners together, on two cores. */
export const SECONDS = 30;
export const PEAK_MB = 512;

/**
 * Where gitleaks is missing nothing can be compared: its figures are null, and so is whether the goals are met.
 *
 * @param {number | null} gitleaksRecall
 * @param {number | null} gitleaksFalseAlarms
 */
export function goalsOf({ gitleaksRecall, gitleaksFalseAlarms }) {
  return {
    seconds: { max: SECONDS },
    peakMb: { max: PEAK_MB },
    ...(gitleaksRecall === null ? { gitleaksRecall: {} } : { recall: { min: gitleaksRecall } }),
    ...(gitleaksFalseAlarms === null
      ? { gitleaksFalseAlarms: {} }
      : { falseAlarms: { max: gitleaksFalseAlarms } }),
  };
}

/** A share, from 0 to 1, rounded down to four digits: it never looks better than it is. Null where there is nothing. */
export function shareOf(found) {
  if (found.length === 0) return null;
  return Math.floor((found.filter(Boolean).length / found.length) * 10_000) / 10_000;
}

/** Rules whose plants one tool found and the other did not, for a sentence. */
export function missedRules(planted, found) {
  return [...new Set(planted.filter((_plant, index) => !found[index]).map(({ rule }) => rule))];
}

/** What is said about a package that is no secret: whatever a gate would count. */
export function isAlarm({ severity }) {
  return ['critical', 'high', 'medium'].includes(severity);
}
