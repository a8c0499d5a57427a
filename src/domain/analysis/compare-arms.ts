import type { Criterion, MetricUnit } from './criterion';
import { isFarWorse } from './far-worse';
import { isBeyond, NOTHING, type Measurement } from './measurement';
import type { Evidence } from './verdict';

/** One arm over a criterion's duration, by whose requests it rests on. */
export interface ArmMeasurement {
  readonly users: Measurement;
  readonly probes: Measurement;
}

/** What there is to hold against a criterion. */
export interface Compared {
  readonly candidate: ArmMeasurement;
  /** Over the same time, or what was seen of it; null: not observed. */
  readonly stable: ArmMeasurement | null;
  /** Stable's last time of the same length before the shift; null: none was observed. Asked for only where it counts. */
  readonly before: () => ArmMeasurement | null;
  /** Of the arms' own values. */
  readonly ownUnit: MetricUnit;
}

export const NEVER_SEEN: ArmMeasurement = { users: NOTHING, probes: NOTHING };

/** How a criterion stands whose whole duration is observed. */
export function compareArms(criterion: Criterion, compared: Compared): Evidence {
  return criterion.comparison === 'absolute'
    ? compareWithThreshold(criterion, compared)
    : compareWithStable(criterion, compared);
}

/** How a criterion stands whose duration is not observed without a gap. */
export function incompleteEvidence(criterion: Criterion, reason?: string): Evidence {
  return {
    ...evidenceOf(criterion, { candidate: NOTHING, stable: NOTHING, basis: 'users' }),
    state: 'incomplete',
    ...(reason === undefined ? {} : { reason }),
  };
}

function compareWithThreshold(criterion: Criterion, compared: Compared): Evidence {
  const basis = basisOf(criterion, [compared.candidate]);
  const candidate = compared.candidate[basis];
  const stable = likeWithLike(criterion, compared.stable, basis);
  const before = stable === null ? likeWithLike(criterion, compared.before(), basis) : null;
  const isShared = sharesTrouble(criterion, candidate, stable ?? before);
  return {
    ...evidenceOf(criterion, { candidate, stable: stable ?? NOTHING, basis }),
    ...usersOf(compared.candidate, basis),
    ...(before === null || before.value === null
      ? {}
      : { before: { value: before.value, samples: before.samples } }),
    state: stateOf(criterion, candidate, isShared),
  };
}

/** Stable is beyond the limit, too, and the candidate is not much worse off. */
function sharesTrouble(
  criterion: Criterion,
  candidate: Measurement,
  stable: Measurement | null,
): boolean {
  if (criterion.alsoWhenBaselineBreaches || stable === null) return false;
  return isWorse(criterion, stable) && !isFarWorse(criterion, candidate, stable);
}

function stateOf(
  criterion: Criterion,
  candidate: Measurement,
  isShared: boolean,
): Evidence['state'] {
  if (!isEnough(criterion, candidate)) return 'too-few';
  if (!isWorse(criterion, candidate)) return 'clear';
  return isShared ? 'shared' : 'breached';
}

function compareWithStable(criterion: Criterion, compared: Compared): Evidence {
  const { candidate: candidates, stable: stables, ownUnit } = compared;
  const basis = basisOf(criterion, stables === null ? [candidates] : [candidates, stables]);
  const candidate = candidates[basis];
  const stable = stables?.[basis] ?? NOTHING;
  const common = {
    ...evidenceOf(criterion, { candidate, stable, basis }),
    ...usersOf(candidates, basis),
    ...(candidate.value === null ? {} : { own: { value: candidate.value, unit: ownUnit } }),
    value: null,
  };
  const reason = whyNotComparable(criterion, candidate, { ...stable, unit: ownUnit });
  if (reason !== null) return { ...common, state: 'too-few', reason };
  const value = relativeTo(leastOf(stable, ownUnit), candidate.value ?? Number.NaN);
  return { ...common, value, state: isBeyond(criterion, value) ? 'breached' : 'clear' };
}

/** Stable that counted none of N is taken for one of N: nothing can be put in relation to none. */
function leastOf({ value, samples }: Measurement, unit: MetricUnit): number {
  return value === 0 && unit === 'percent' ? 100 / samples : (value ?? Number.NaN);
}

/** Candidate ÷ stable − 1 in percent. */
function relativeTo(stable: number, candidate: number): number {
  return (100 * (candidate - stable)) / Math.abs(stable);
}

function whyNotComparable(
  criterion: Criterion,
  candidate: Measurement,
  stable: Measurement & { readonly unit: MetricUnit },
): string | null {
  if (!isEnough(criterion, candidate)) return 'too few samples of the candidate';
  if (stable.samples === 0) return 'no sample of stable beside the candidate';
  if (!isEnough(criterion, stable)) return 'too few samples of stable';
  const isCounted = stable.unit === 'percent' && criterion.badWhen === 'above';
  return stable.value === 0 && !isCounted ? 'stable is at 0' : null;
}

/** Users' requests decide; probes where those are too few. Never both in one figure. */
function basisOf(criterion: Criterion, arms: readonly ArmMeasurement[]): 'users' | 'probes' {
  const isEnoughOf = (basis: 'users' | 'probes'): boolean =>
    arms.every((arm) => isEnough(criterion, arm[basis]));
  return !isEnoughOf('users') && isEnoughOf('probes') ? 'probes' : 'users';
}

/** Probes are held against probes, and against users where nobody probed stable. */
function likeWithLike(
  criterion: Criterion,
  arm: ArmMeasurement | null,
  basis: 'users' | 'probes',
): Measurement | null {
  if (arm === null) return null;
  return [arm[basis], arm.users].find((measured) => isEnough(criterion, measured)) ?? null;
}

function usersOf(
  { users }: ArmMeasurement,
  basis: 'users' | 'probes',
): { readonly userSamples?: number } {
  return basis === 'users' ? {} : { userSamples: users.samples };
}

function isEnough(criterion: Criterion, { samples }: Measurement): boolean {
  return samples >= Math.max(1, criterion.minimumSamples);
}

function isWorse(criterion: Criterion, measured: Measurement | null): boolean {
  return measured !== null && measured.value !== null && isBeyond(criterion, measured.value);
}

interface Seen {
  readonly candidate: Measurement;
  readonly stable: Measurement;
  readonly basis: 'users' | 'probes';
}

function evidenceOf(
  criterion: Criterion,
  { candidate, stable, basis }: Seen,
): Omit<Evidence, 'state'> {
  return {
    criterion: criterion.id,
    metric: criterion.metric,
    value: candidate.value,
    baseline: stable.value,
    baselineSamples: stable.samples,
    threshold: criterion.threshold,
    samples: candidate.samples,
    durationMs: criterion.durationMs,
    unit: criterion.unit,
    comparison: criterion.comparison,
    source: criterion.source,
    basis,
  };
}
