/** Waits until the condition holds; fails after the deadline (default 30 s). */
export async function until(condition: () => boolean, deadlineMs = 30_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!condition()) {
    if (performance.now() > deadline)
      throw new Error(`not within ${deadlineMs} ms: ${String(condition)}`);
    await pause(5);
  }
}

/** Asks until there is an answer; fails after the deadline (default 60 s). */
export async function eventually<T>(ask: () => Promise<T | null>, deadlineMs = 60_000): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline)
      throw new Error(`not within ${deadlineMs} ms: ${String(ask)}`);
    await pause(25);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
