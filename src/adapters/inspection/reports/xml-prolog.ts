import { missing, parsed, type Parsed } from './parsed';

export interface Prolog {
  /** `inside`: an internal subset, which can declare entities; `outside`: a DOCTYPE that only names one. */
  readonly declares: 'nothing' | 'outside' | 'inside';
  readonly rootName: string;
}

const LONGEST_DOCTYPE = 4_096;

/** What stands before the root element, and the root's name. */
export function readProlog(text: string): Parsed<Prolog> {
  let declares: Prolog['declares'] = 'nothing';
  let at = 0;
  for (;;) {
    at = afterSpace(text, at);
    const next = skippable(text, at);
    if (next === null) return rootAt(text, at, declares);
    if (next.end < 0) return missing('it is no whole XML: cut off or damaged');
    if (isDoctype(text, at)) {
      const doctype = text.slice(at, Math.min(next.end, at + LONGEST_DOCTYPE));
      declares = doctype.includes('[') || next.end > at + LONGEST_DOCTYPE ? 'inside' : 'outside';
      if (declares === 'inside') return rootNamed(doctype);
    }
    at = next.end + next.length;
  }
}

function skippable(
  text: string,
  at: number,
): { readonly end: number; readonly length: number } | null {
  if (isDoctype(text, at)) return { end: text.indexOf('>', at), length: 1 };
  if (text.startsWith('<?', at)) return { end: text.indexOf('?>', at), length: 2 };
  if (text.startsWith('<!--', at)) return { end: text.indexOf('-->', at), length: 3 };
  return null;
}

/** In whatever case, as pages of HTML write it. */
function isDoctype(text: string, at: number): boolean {
  return text.slice(at, at + 9).toUpperCase() === '<!DOCTYPE';
}

/** The name that the DOCTYPE gives: the document is refused, and an HTML page is called one. */
function rootNamed(doctype: string): Parsed<Prolog> {
  const rootName = /^<!DOCTYPE\s{1,16}([\w:.-]{1,100})/i.exec(doctype)?.[1] ?? 'unknown';
  return parsed({ declares: 'inside', rootName });
}

function rootAt(text: string, at: number, declares: Prolog['declares']): Parsed<Prolog> {
  const rootName = /^<([\w:.-]{1,100})/.exec(text.slice(at, at + 102))?.[1];
  return rootName === undefined ? missing('it is no XML') : parsed({ declares, rootName });
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n\ufeff'.includes(text.charAt(at)) && at < text.length) at += 1;
  return at;
}
