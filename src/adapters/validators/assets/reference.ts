/** Something that a page or a style sheet needs, as it is written there. */
export interface Reference {
  readonly target: string;
  readonly line: number;
  /** Where a `<base>` or the server decides what it means. */
  readonly isFloating: boolean;
}
