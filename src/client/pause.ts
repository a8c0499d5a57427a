/** Resolves after the time or at the signal, whichever comes first; never rejects. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (isAborted(signal)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(ms, 0));
    signal?.addEventListener('abort', done, { once: true });
  });
}

export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
