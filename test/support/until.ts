/** Waits until the condition holds; fails after the deadline (default 30 s). */
export async function until(condition: () => boolean, deadlineMs = 30_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!condition()) {
    if (performance.now() > deadline)
      throw new Error(`not within ${deadlineMs} ms: ${String(condition)}`);
    await pause(5);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
