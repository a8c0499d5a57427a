import type { Reference } from './reference';

/** What a style sheet loads: `url(…)` and `@import "…"`, found in one pass, outside of comments. */
export function cssReferences(text: string): readonly Reference[] {
  const found: Reference[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at);
    if (token.target !== null) found.push({ target: token.target, line, isFloating: false });
    for (; at < token.end; at += 1) if (text.charCodeAt(at) === 10) line += 1;
  }
  return found;
}

interface Token {
  readonly end: number;
  readonly target: string | null;
}

function tokenAt(text: string, at: number): Token {
  const character = text[at];
  if (character === '/' && text[at + 1] === '*') return comment(text, at);
  if (character === '"' || character === "'") return { end: stringAt(text, at).end, target: null };
  if (startsWithWord(text, at, 'url(')) return urlAt(text, at + 4);
  if (startsWithWord(text, at, '@import')) return importAt(text, at + 7);
  return { end: at + 1, target: null };
}

function comment(text: string, at: number): Token {
  const close = text.indexOf('*/', at + 2);
  return { end: close === -1 ? text.length : close + 2, target: null };
}

function startsWithWord(text: string, at: number, word: string): boolean {
  if (text.slice(at, at + word.length).toLowerCase() !== word) return false;
  return at === 0 || !/[\w-]/.test(text[at - 1] ?? '');
}

function urlAt(text: string, from: number): Token {
  const at = skipBlanks(text, from);
  const quote = text[at];
  if (quote === '"' || quote === "'") return stringAt(text, at);
  const close = text.indexOf(')', at);
  if (close === -1) return { end: text.length, target: null };
  return { end: close, target: text.slice(at, close).trim() };
}

/** `@import url(…)` is found as the url that follows. */
function importAt(text: string, from: number): Token {
  const at = skipBlanks(text, from);
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return { end: at, target: null };
  const { end, target } = stringAt(text, at);
  return { end, target: isPackage(target) ? null : target };
}

/** `tailwindcss`, `@scope/theme/dark`: what a bundler puts in its place, not a file beside this one. */
function isPackage(target: string): boolean {
  return /^[@\w][\w@/-]{0,200}$/.test(target);
}

function stringAt(text: string, at: number): { readonly end: number; readonly target: string } {
  const quote = text[at];
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === quote || text[end] === '\n')
      return { end: end + 1, target: text.slice(at + 1, end) };
  }
  return { end: text.length, target: '' };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}
