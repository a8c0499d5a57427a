import type { Criterion } from '../analysis/criterion';
import type { Reading } from '../analysis/reading';
import type { Window } from '../analysis/window';
import type { Digest } from '../revision';
import type { MonitoringPolicy } from './policy';

/** What the monitors look at. */
export interface MonitorScene {
  readonly monitoring: Pick<MonitoringPolicy, 'monitors' | 'performance' | 'sources'>;
  readonly criteria: readonly Criterion[];
  /** What served before the candidate; null: this is the first deployment. */
  readonly stable: Digest | null;
  /** The recent windows. */
  readonly windows: readonly Window[];
  /** The recent readings of the user's own metric sources. */
  readonly readings: readonly Reading[];
  readonly atMs: number;
}
