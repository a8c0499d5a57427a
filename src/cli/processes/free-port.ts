import { createServer } from 'node:net';

export interface ChosenPort {
  readonly port: number;
  /** The wanted port that was taken; null where it was free. */
  readonly insteadOf: number | null;
}

/** The first of the wanted ports that is free on loopback, else any free one. */
export async function choosePort(wanted: readonly number[]): Promise<ChosenPort> {
  for (const port of wanted) {
    if (await isFree(port)) return { port, insteadOf: null };
  }
  return { port: await anyPort(), insteadOf: wanted[0] ?? null };
}

export async function isFree(port: number): Promise<boolean> {
  return (await listen(port)) !== null;
}

async function anyPort(): Promise<number> {
  const port = await listen(0);
  if (port === null) throw new Error('this machine has no free port on loopback');
  return port;
}

async function listen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(chosen));
    });
  });
}
