/** How the instances of one revision behave, as a test or a simulation wants it. */
export interface Behaviour {
  /** Whether its instances pass health checks and can be given weight. */
  readonly healthy: boolean;
  /** From the launch of an instance until its first passed health check. */
  readonly startsInMs: number;
  /** Why its instances ended (`exit code 1`); null: they run. */
  readonly crash: string | null;
  /** Part of its requests that fail, 0 to 1. */
  readonly errorRate: number;
  /** Time until the headers of each of its answers. */
  readonly latencyMs: number;
  /** What a smoke request gets. */
  readonly smokeStatus: number;
  /** What its instances wrote. */
  readonly lines: readonly string[];
}

export const GOOD_BEHAVIOUR: Behaviour = {
  healthy: true,
  startsInMs: 0,
  crash: null,
  errorRate: 0,
  latencyMs: 20,
  smokeStatus: 200,
  lines: [],
};
