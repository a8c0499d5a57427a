import { matchAt } from './matcher';

/** The rest of a name, an operator of some language or format, and what opens the value. */
const ASSIGNMENT = /[\w.\- \t]{0,24}["'`\]\s]{0,3}(?::{1,3}=|=>|\?=|\|\||[=>:,])[\s"'`=]{0,5}/y;

export interface Assignment {
  /** Where the value begins. */
  readonly at: number;
  /** The quote before it; empty where there is none. */
  readonly quote: string;
}

/** What is assigned to the name that goes on at `end`; null where nothing is. */
export function assignmentAt(text: string, end: number): Assignment | null {
  const match = matchAt(ASSIGNMENT, text, end);
  if (match === null) return null;
  const at = end + match[0].length;
  const before = text.charAt(at - 1);
  return { at, quote: /["'`]/.test(before) ? before : '' };
}
