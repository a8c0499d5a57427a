import type { FindingSeverity } from '../../../domain/checks/severity';

/** What a rule says about what it finds. */
export interface SecretRule {
  /** After `secrets/`. */
  readonly id: string;
  readonly severity: FindingSeverity;
  /** A noun with its article: `A GitHub personal access token`. */
  readonly title: string;
}

/** One place in a text; `start` and `end` enclose the secret itself. */
export interface Hit {
  readonly rule: SecretRule;
  readonly start: number;
  readonly end: number;
  /** Of several rules that find the same place the one with the highest rank names it. */
  readonly rank: number;
  readonly sources: readonly string[];
}

/** `[id, severity, title, shapes]`: a token that its own letters give away. */
export type TokenRow = readonly [string, FindingSeverity, string, readonly string[]];

/**
 * `[id, severity, title, words, shapes]`: a value that says nothing by itself, given to a name that holds one of the
 * words (lower-case).
 */
export type KeywordRow = readonly [
  string,
  FindingSeverity,
  string,
  readonly string[],
  readonly string[],
];
