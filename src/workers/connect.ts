import { NativeConnection } from '@temporalio/worker';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

export interface ConnectOptions {
  readonly address: string;
  readonly log: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Connects to Temporal, and keeps trying with growing pauses: a server that is away is no reason to end. Null when aborted. */
export async function connect({
  address,
  log,
  signal,
}: ConnectOptions): Promise<NativeConnection | null> {
  for (
    let pauseMs = FIRST_PAUSE_MS;
    !signal.aborted;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  ) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log(
        `Temporal does not answer at ${address} (${reason.slice(0, 120)}). Traffic stays as it is; ` +
          `trying again in ${pauseMs / 1_000} s. Start it with \`belay up\` or set TEMPORAL_ADDRESS.`,
      );
      await pause(pauseMs, signal);
    }
  }
  return null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
