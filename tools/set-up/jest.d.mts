export interface JestCount {
  readonly passed: number;
  /** A suite that could not run counts as one. */
  readonly failed: number;
  /** Full names. */
  readonly skipped: readonly string[];
}

/** Runs jest once in `root` and counts. */
export function runJest(options: {
  readonly root: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Keeps jest's own report to itself. */
  readonly quiet?: boolean;
  /** Default `front`: shows its report while it runs; the others when they have ended. */
  readonly place?: 'front' | 'beside' | 'behind';
}): Promise<JestCount>;
