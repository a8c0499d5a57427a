import type { Place } from './matcher';

/** A command may go on over several lines. */
const COMMAND_CHARACTERS = 400;

export function isAfterCurl({ text, start }: Place): boolean {
  return /\bcurl\b/.test(text.slice(Math.max(0, start - COMMAND_CHARACTERS), start + 1));
}

export function isHeaderOfCurl(place: Place): boolean {
  const before = place.text.slice(Math.max(0, place.start - 30), place.start);
  return /(?:-H|--header)[= \t]{0,5}["'][A-Za-z-]{0,20}$/.test(before) && isAfterCurl(place);
}

const DOCUMENT_CHARACTERS = 300;

export function isSecretOfKubernetes({ text, start }: Place): boolean {
  const before = text.slice(Math.max(0, start - DOCUMENT_CHARACTERS), start);
  const after = text.slice(start, start + DOCUMENT_CHARACTERS);
  const own = (before.split(/\n---/).at(-1) ?? '') + (after.split(/\n---/)[0] ?? '');
  return /\bkind:[ \t]{0,10}["']?secret\b/i.test(own);
}
