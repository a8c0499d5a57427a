import type { Digest } from '../../domain/revision';
import type { SecondBuckets } from '../metrics/second-buckets';
import type { Traffic } from '../router/traffic';
import type { UpstreamTimeouts } from '../router/upstream';
import type { JournalEntry } from '../state/journal';

/** What the fleets of one service share. */
export interface Supervision {
  readonly home: string;
  readonly service: string;
  readonly environment: string;
  readonly traffic: Traffic;
  readonly metrics: SecondBuckets;
  readonly timeouts: UpstreamTimeouts;
  readonly logMaxBytes: number;
  /** How long an instance may be unhealthy, while its revision has weight, before its process is restarted. */
  readonly restartUnhealthyAfterMs: number;
  /** Ports that belong to some instance of this platform. */
  readonly takenPorts: Set<number>;
  readonly journal: (entry: Omit<JournalEntry, 'service' | 'environment'>) => void;
  /** Resolves when the state of this moment is on disk. */
  readonly save: () => Promise<void>;
  /** The same where nobody waits for it. */
  readonly saveSoon: () => void;
}

/** Where the logs of a revision's instances lie. */
export function logFolder(
  { home, service, environment }: Pick<Supervision, 'home' | 'service' | 'environment'>,
  revision: Digest,
): string {
  return `${home}/platform/logs/${service}/${environment}/${revision.replace(/^sha256:/, '').slice(0, 12)}`;
}
