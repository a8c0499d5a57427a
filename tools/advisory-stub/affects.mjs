/** Whether a fixture speaks of the package at this version: listed, or below the fix. Enough for hand-written records. */
export function affects(record, { ecosystem, name, version }) {
  if (record.withdrawn !== undefined) return false;
  return record.affected.some((affected) => {
    if (affected.package.ecosystem !== ecosystem) return false;
    if (affected.package.name.toLowerCase() !== name.toLowerCase()) return false;
    if (affected.versions?.includes(version)) return true;
    return (affected.ranges ?? []).some(({ events }) => {
      const fixed = events.find((event) => event.fixed !== undefined)?.fixed;
      return fixed === undefined || isBelow(version, fixed);
    });
  });
}

function isBelow(version, limit) {
  const [one, other] = [version, limit].map((text) => text.split('.').map(Number));
  const at = other.findIndex((part, index) => part !== (one[index] ?? 0));
  return at >= 0 && (one[at] ?? 0) < other[at];
}
