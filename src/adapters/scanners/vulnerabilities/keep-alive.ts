const EVERY_MS = 1_000;

/** Shows every second that it is alive while it waits for an answer. */
export async function keepAlive<T>(show: () => void, wait: () => Promise<T>): Promise<T> {
  show();
  const timer = setInterval(show, EVERY_MS);
  try {
    return await wait();
  } finally {
    clearInterval(timer);
  }
}
