import type { Outcome } from '../domain/outcome';
import type { Phase } from '../domain/phase';

/** The attributes that Temporal Web lists and searches; the first ten are all the Keywords that SQLite allows. */
export const SEARCH_ATTRIBUTES = {
  BelayDeployment: 'KEYWORD',
  BelayService: 'KEYWORD',
  BelayEnvironment: 'KEYWORD',
  BelayStrategy: 'KEYWORD',
  BelayPhase: 'KEYWORD',
  BelayOutcome: 'KEYWORD',
  BelayRevision: 'KEYWORD',
  BelayCommit: 'KEYWORD',
  BelayInitiator: 'KEYWORD',
  BelayPromotion: 'KEYWORD',
  BelayTrafficPercent: 'DOUBLE',
  BelayCommitTime: 'DATETIME',
} as const satisfies Record<string, 'KEYWORD' | 'DOUBLE' | 'DATETIME'>;

export type SearchAttributeName = keyof typeof SEARCH_ATTRIBUTES;

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
