/** What Temporal Web can search deployments by. At most 10 keywords fit a namespace on SQLite. Never a secret. */
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
} as const;

export type SearchAttributeName = keyof typeof SEARCH_ATTRIBUTES;
