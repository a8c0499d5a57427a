/** What a report says, or why nothing can be said from it. `reason`: part of a sentence, without the report's words. */
export type Parsed<T> = { readonly kind: 'parsed'; readonly content: T } | Missing;

export interface Missing {
  readonly kind: 'missing';
  readonly reason: string;
}

export function parsed<T>(content: T): Parsed<T> {
  return { kind: 'parsed', content };
}

export function missing(reason: string): Missing {
  return { kind: 'missing', reason };
}
