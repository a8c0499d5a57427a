/** When a rollback is asked for, as the rollout goes along. */
export const MOMENTS = ['shift', 'settle', 'bake', 'ask', 'warm'];

/** The decision may be sent so shortly before or after a shift and still counts as meeting it. */
const AROUND_SHIFT_MS = 20;
export const SETTLE_MS = 1_000;

/**
 * The moment that a decision met, by when it was issued; null where no traffic had been shifted yet.
 *
 * @param {{status: object, issuedAtMs: number, askedAtMs: number | null}} seen `status` as the deployment ended with it;
 *   `askedAtMs`: when a person was first seen to be waited for
 */
export function momentOf({ status, issuedAtMs, askedAtMs }) {
  const warm = status.phases.find(({ phase }) => phase === 'warm');
  if (warm !== undefined && warm.startedAtMs <= issuedAtMs) return 'warm';
  if (askedAtMs !== null && askedAtMs <= issuedAtMs) return 'ask';
  const shifts = status.steps.filter(
    ({ kind, startedAtMs }) => kind === 'shift' && startedAtMs !== null,
  );
  if (shifts.some((shift) => isAround(shift, issuedAtMs))) return 'shift';
  const last = shifts.findLast(({ endedAtMs }) => endedAtMs !== null && endedAtMs <= issuedAtMs);
  if (last === undefined) return null;
  return issuedAtMs - last.endedAtMs < SETTLE_MS ? 'settle' : 'bake';
}

function isAround({ startedAtMs, endedAtMs }, atMs) {
  const from = startedAtMs - AROUND_SHIFT_MS;
  const to = (endedAtMs ?? Infinity) + AROUND_SHIFT_MS;
  return from <= atMs && atMs <= to;
}
