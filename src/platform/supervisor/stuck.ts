/** How much longer than one that has been healthy a process may take to become so. */
const START_FACTOR = 10;

/** What is to be known of an instance whose process runs. */
export interface Watched {
  /** Since its last health check that turned out differently, or since its start; 0 while it is healthy. */
  readonly unhealthyForMs: number;
  readonly wasHealthySinceStart: boolean;
}

/**
 * Whether the process of an instance is alive and of no use: not healthy any more for this long, or never in ten times as
 * long, since some need a while to start.
 */
export function isStuck(
  { unhealthyForMs, wasHealthySinceStart }: Watched,
  afterMs: number,
): boolean {
  return unhealthyForMs >= (wasHealthySinceStart ? afterMs : afterMs * START_FACTOR);
}
