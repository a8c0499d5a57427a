const FIRST_MS = 1_000;
const LONGEST_MS = 10 * 60_000;
/** After that nobody wants to hear it any more. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/** When to try again after so many attempts: doubled each time, up to ten minutes, spread by a fifth; null: never. */
export function nextAttemptAt(
  { attempts, acceptedAtMs }: { readonly attempts: number; readonly acceptedAtMs: number },
  now: { readonly atMs: number; readonly spread: number; readonly afterMs: number | null },
): number | null {
  if (now.atMs - acceptedAtMs >= GIVE_UP_AFTER_MS) return null;
  const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  const spread = doubled * (0.8 + 0.4 * now.spread);
  return now.atMs + Math.round(Math.max(spread, now.afterMs ?? 0));
}
