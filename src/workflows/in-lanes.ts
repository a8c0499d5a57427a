/** Runs all of these, at most so many at a time, in order; the answers stand in the order of the tasks. */
export async function inLanes<T>(
  lanes: number,
  tasks: readonly (() => Promise<T>)[],
): Promise<readonly T[]> {
  const answers: T[] = [];
  const waiting = tasks.entries();
  const lane = async (): Promise<void> => {
    for (const [index, task] of waiting) answers[index] = await task();
  };
  await Promise.all(Array.from({ length: Math.min(lanes, tasks.length) }, lane));
  return answers;
}
