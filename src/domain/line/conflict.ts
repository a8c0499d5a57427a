/** What a newcomer does where another deployment of the same service and environment is in its way. */
export const CONFLICT_POLICIES = ['reject', 'queue', 'supersede'] as const;

/**
 * `reject`: it is refused while the other rolls out. `queue`: it waits its turn. `supersede`: it ends one that no user
 * has seen, waits for one that users have, and takes the place of everybody who waits.
 */
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

export const DEFAULT_CONFLICT: ConflictPolicy = 'reject';

export function isConflictPolicy(text: unknown): text is ConflictPolicy {
  return CONFLICT_POLICIES.some((policy) => policy === text);
}
