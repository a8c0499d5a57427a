/** Where a file cannot be parsed, and what to do; never a part of it. */
export interface SyntaxMistake {
  /** `syntax/json`. */
  readonly rule: string;
  readonly title: string;
  /** From 1; null where the whole file is meant. */
  readonly line: number | null;
}

/** The line of an offset in UTF-16 units, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  const end = Math.min(offset, text.length);
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
