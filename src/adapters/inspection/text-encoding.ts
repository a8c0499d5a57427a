export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Random bytes have a tenth of them, programs and pictures more; a text with a stray zero byte has hardly any. */
const MOST_CONTROLS = 0.05;
/** Of a text in 16 bits at least so many of every second byte are zero, and the others are a text. */
const LEAST_WIDE = 0.4;
/** A mark in front of more says nothing: it would hide the text from every rule. */
const MOST_PRINTABLE = 0.75;
/** Below it, every second byte says nothing. */
const LEAST_WIDE_BYTES = 16;

/**
 * How a text is written, judged by its first bytes; null for what is no text. A zero byte alone makes no file binary: else
 * one in a comment would hide the whole of it.
 */
export function textEncoding(head: Uint8Array): TextEncoding | null {
  const marked = markOf(head);
  if (marked !== null && !isPlainText(head.subarray(2))) return marked;
  if (!head.includes(0)) return 'utf-8';
  const even = head.filter((_byte, at) => at % 2 === 0);
  const odd = head.filter((_byte, at) => at % 2 === 1);
  if (isText(even) && isHighHalf(odd)) return 'utf-16le';
  if (isText(odd) && isHighHalf(even)) return 'utf-16be';
  return isText(head) ? 'utf-8' : null;
}

/** Whether it is written in ASCII, whatever mark stands before it: of a text in 16 bits hardly half is printable. */
export function isPlainText(bytes: Uint8Array): boolean {
  const printable = bytes.filter((byte) => (byte >= 0x20 && byte < 0x7f) || isLayout(byte)).length;
  return printable / bytes.length > MOST_PRINTABLE;
}

function markOf([first, second]: Uint8Array): TextEncoding | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

function isHighHalf(bytes: Uint8Array): boolean {
  const zeros = bytes.filter((byte) => byte === 0).length;
  return bytes.length >= LEAST_WIDE_BYTES / 2 && zeros / bytes.length >= LEAST_WIDE;
}

function isText(bytes: Uint8Array): boolean {
  const controls = bytes.filter((byte) => byte < 0x20 && !isLayout(byte)).length;
  return controls / bytes.length <= MOST_CONTROLS;
}

/** Backspace, tab, line feed, vertical tab, form feed, carriage return, escape. */
function isLayout(byte: number): boolean {
  return (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b;
}
