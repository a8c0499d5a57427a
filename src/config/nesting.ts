import { Lexer } from 'yaml';

/** Far more than a configuration needs, far less than exhausts the parser's stack. */
const DEEPEST = 64;

/** The offset where brackets and compact lists begin to nest too deeply to be read; null where they do not. */
export function tooDeepAt(text: string): number | null {
  let offset = 0;
  let brackets = 0;
  let compact = 0;
  for (const token of new Lexer().lex(text)) {
    brackets += BRACKETS.get(token) ?? 0;
    if (token === '-' || token === '?') compact += 1;
    if (token.endsWith('\n')) compact = 0;
    if (brackets + compact > DEEPEST) return offset;
    if (!MARKS.has(token)) offset += token.length;
  }
  return null;
}

const BRACKETS: ReadonlyMap<string, number> = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
]);

/** Tokens of the lexer that stand for no text: a document begins, a broken flow ends, a scalar follows. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);
