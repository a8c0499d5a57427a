/**
 * Blanks comments and trailing commas outside of strings, in one pass; every other character keeps its place, so that
 * line numbers stay right.
 */
export function withoutComments(text: string): string {
  const pieces: string[] = [];
  // Where a comma stands that only blanks and comments have followed so far.
  let comma = -1;
  for (let at = 0; at < text.length;) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    const isBlank = isComment(token) || token.trim() === '';
    if (!isBlank) {
      if (comma !== -1 && (token === '}' || token === ']')) pieces[comma] = ' ';
      comma = token === ',' ? pieces.length : -1;
    }
    pieces.push(isComment(token) ? token.replace(/[^\n]/g, ' ') : token);
    at = end;
  }
  return pieces.join('');
}

function isComment(token: string): boolean {
  return token.startsWith('//') || token.startsWith('/*');
}

function tokenEnd(text: string, at: number): number {
  const two = text.slice(at, at + 2);
  if (two === '//') return indexOr(text, '\n', at);
  if (two === '/*') return Math.min(text.length, indexOr(text, '*/', at + 2) + 2);
  if (text[at] === '"') return stringEnd(text, at);
  if (PUNCTUATION.has(text[at] ?? '') || text[at] === '/') return at + 1;
  let end = at + 1;
  while (end < text.length && !isBoundary(text, end)) end += 1;
  return end;
}

const PUNCTUATION = new Set([',', '{', '}', '[', ']']);

function isBoundary(text: string, at: number): boolean {
  const character = text[at] ?? '';
  return character === '"' || character === '/' || PUNCTUATION.has(character);
}

function stringEnd(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '"' || text[end] === '\n') return end + 1;
  }
  return text.length;
}

function indexOr(text: string, what: string, from: number): number {
  const index = text.indexOf(what, from);
  return index === -1 ? text.length : index;
}
