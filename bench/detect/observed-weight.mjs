/**
 * What the router does, as it was seen. A look counts when its answer is there: never earlier than what it says.
 */
export function openSight() {
  const changes = [];
  let lastLookMs = null;
  const gaps = [];

  return {
    /** @param {number} atMs @param {Readonly<Record<string, number>>} observed percent by revision */
    look(atMs, observed) {
      if (lastLookMs !== null) gaps.push({ fromMs: lastLookMs, toMs: atMs });
      lastLookMs = atMs;
      const text = JSON.stringify(observed);
      if (changes.at(-1)?.text !== text) changes.push({ atMs, observed, text });
    },
    /** When the revision was first seen to get traffic; null: never. */
    onAtMs: (revision) =>
      changes.find(({ observed }) => weightOf(observed, revision) > 0)?.atMs ?? null,
    /**
     * From when on the revision was seen to get nothing any more; null where it got something at the last look, or never.
     * A candidate that crashes loses its traffic and gets it again: that is not off.
     */
    offAtMs(revision) {
      const last = changes.findLastIndex(({ observed }) => weightOf(observed, revision) > 0);
      return last === -1 ? null : (changes[last + 1]?.atMs ?? null);
    },
    /** The longest time between two looks inside these moments, ms. */
    blindMs(fromMs, toMs) {
      const inside = gaps.filter((gap) => gap.toMs >= fromMs && gap.fromMs <= toMs);
      return Math.max(0, ...inside.map((gap) => gap.toMs - gap.fromMs));
    },
  };
}

function weightOf(observed, revision) {
  return observed[revision] ?? 0;
}
