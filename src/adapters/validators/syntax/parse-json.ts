import { lineAt, type SyntaxMistake } from './syntax-mistake';
import { withoutComments } from '../../inspection/validation/without-comments';

const RULE = 'syntax/json';
const INVALID = 'is not valid JSON; correct it, or leave it out of what is deployed';

export function parseJson(text: string): SyntaxMistake | null {
  if (text.trim() === '') return { rule: RULE, title: 'is empty, which is not JSON', line: null };
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return { rule: RULE, title: INVALID, line: lineOf(error, text) };
  }
}

export function parseJsonWithComments(text: string): SyntaxMistake | null {
  return text.trim() === '' ? null : parseJson(withoutComments(text));
}

/** One value a line; empty lines count as nothing. */
export function parseJsonLines(text: string): SyntaxMistake | null {
  let line = 0;
  for (let from = 0; from <= text.length;) {
    const end = text.indexOf('\n', from);
    const until = end === -1 ? text.length : end;
    line += 1;
    const mistake = lineMistake(text.slice(from, until), line);
    if (mistake !== null) return mistake;
    from = until + 1;
  }
  return null;
}

function lineMistake(text: string, line: number): SyntaxMistake | null {
  const mistake = text.trim() === '' ? null : parseJson(text);
  return mistake === null ? null : { ...mistake, line };
}

/** The engine says `at position 17`; only that number is taken from what it says. */
function lineOf(error: unknown, text: string): number | null {
  const said = error instanceof Error ? error.message.slice(-120) : '';
  const position = / at position (\d{1,12})/.exec(said)?.[1];
  if (position !== undefined) return lineAt(text, Number(position));
  return / end of JSON input/.test(said) ? lineAt(text, text.length) : null;
}
