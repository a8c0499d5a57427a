/** How a deployment ended. */
export const OUTCOMES = [
  'succeeded',
  'rolled-back',
  'rollback-incomplete',
  'blocked',
  'rejected',
  'cancelled',
  'superseded',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The CLI's exit code for an outcome. `hasStable`: some earlier revision serves everybody now. */
export function exitCodeOf(outcome: Outcome, now: { readonly hasStable: boolean }): number {
  switch (outcome) {
    case 'succeeded':
      return 0;
    case 'rolled-back':
      return now.hasStable ? 3 : 4;
    case 'rollback-incomplete':
      return 4;
    case 'blocked':
    case 'rejected':
      return 5;
    case 'cancelled':
    case 'superseded':
      return 7;
  }
}
