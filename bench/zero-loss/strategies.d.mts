export type Way = 'forward' | 'split' | 'switched' | 'batch' | 'gap' | 'warm';

export interface Strategy {
  readonly name: string;
  readonly key: string;
  readonly block: string;
  readonly ways: readonly Way[];
}

export const STRATEGIES: readonly Strategy[];
