/** Which instances a fleet can best do without at this size: those that are not healthy first, then the newest. */
export function surplusOf<Each extends { readonly isHealthy: boolean }>(
  oldestFirst: readonly Each[],
  size: number,
): readonly Each[] {
  const newestFirst = [...oldestFirst].reverse();
  const firstToGo = [
    ...newestFirst.filter((each) => !each.isHealthy),
    ...newestFirst.filter((each) => each.isHealthy),
  ];
  return firstToGo.slice(0, Math.max(0, oldestFirst.length - size));
}
