export interface Criteria {
  readonly name: string;
  readonly leastSeconds: number;
  readonly longestSeconds: number;
  readonly endsWithinMs: number;
  readonly block: string;
}

export const DEMO: Criteria;
export const SPECIFICATION: Criteria;
export const FIRST: Criteria;
