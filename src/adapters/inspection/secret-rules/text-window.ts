/**
 * A part of a long text. What begins in `from` to `to` is its own; what is around them is there so that nothing that
 * stands across a border is missed.
 */
export interface TextWindow {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Line ends in all the text before this window. */
  readonly linesBefore: number;
  /** Nothing comes after it. */
  readonly isLast: boolean;
}

/** Characters. No secret that we know is longer than `after`, no name stands farther away from its value than `before`. */
export const WINDOW = { own: 1_000_000, before: 2_000, after: 24_000 } as const;

/** Cuts a text that arrives in pieces. Holds one window at a time, however long the text and its lines are. */
export async function* textWindows(
  pieces: AsyncIterable<string> | Iterable<string>,
  size: { readonly own: number; readonly before: number; readonly after: number } = WINDOW,
): AsyncGenerator<TextWindow> {
  let text = '';
  let from = 0;
  let linesBefore = 0;
  for await (const piece of pieces) {
    text += piece;
    while (text.length - from >= size.own + size.after) {
      const to = from + size.own;
      yield { text: text.slice(0, to + size.after), from, to, linesBefore, isLast: false };
      const cut = Math.max(0, to - size.before);
      linesBefore += lineEnds(text, cut);
      text = text.slice(cut);
      from = to - cut;
    }
  }
  yield { text, from, to: text.length, linesBefore, isLast: true };
}

/** Line ends before the index. */
export function lineEnds(text: string, index: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1))
    count += 1;
  return count;
}
