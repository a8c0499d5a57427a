import type { Outcome } from '../domain/outcome';
import type { Phase } from '../domain/phase';

/** What the attributes of one run say; null where one is not set. */
export interface Attributes {
  readonly deployment: string | null;
  readonly service: string | null;
  readonly environment: string | null;
  readonly strategy: string | null;
  readonly phase: Phase | null;
  readonly outcome: Outcome | null;
  readonly revision: string | null;
  readonly initiator: string | null;
  readonly trafficPercent: number | null;
}
