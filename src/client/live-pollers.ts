/** A worker as Temporal lists it: `PID@HOSTNAME` is what the SDK calls itself by default. */
export interface Poller {
  readonly identity?: string | null;
  readonly lastAccessTime?: { readonly seconds?: unknown } | null;
}

/** This machine, as far as it tells a worker that has ended from one that lives. */
export interface ThisHost {
  readonly nowMs: number;
  readonly hostname: string;
  /** Null where no such process runs. */
  readonly startTimeOf: (pid: number) => string | null;
}

/** A worker that lives asks again at least once a minute. */
const RECENT_POLL_MS = 75_000;

/**
 * Who will ask for work again. The server lists a worker long after its end; one of this very machine is known to be
 * gone at once, so that nothing is started which nobody would take up.
 */
export function livePollers(pollers: readonly Poller[], host: ThisHost): readonly Poller[] {
  return pollers.filter((poller) => isRecent(poller, host) && !hasEnded(poller, host));
}

function isRecent({ lastAccessTime }: Poller, { nowMs }: ThisHost): boolean {
  return Number(lastAccessTime?.seconds ?? 0) * 1_000 >= nowMs - RECENT_POLL_MS;
}

function hasEnded({ identity }: Poller, { hostname, startTimeOf }: ThisHost): boolean {
  const [, pid, name] = /^(\d+)@(.+)$/.exec(identity ?? '') ?? [];
  return pid !== undefined && name === hostname && startTimeOf(Number(pid)) === null;
}
