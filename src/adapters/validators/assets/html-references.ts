import { cssReferences } from './css-references';
import type { Reference } from './reference';

/** By element, the attributes that load a file. Links that a person clicks are routes and no files. */
const LOADING: Readonly<Record<string, readonly string[]>> = {
  script: ['src'],
  img: ['src', 'srcset'],
  source: ['src', 'srcset'],
  video: ['src', 'poster'],
  audio: ['src'],
  track: ['src'],
  embed: ['src'],
  object: ['data'],
  input: ['src'],
  link: ['href'],
};

const LOADING_LINKS =
  /(?:^|\s)(?:stylesheet|icon|apple-touch-icon|mask-icon|manifest|preload|modulepreload)(?:\s|$)/i;

/** What a page loads, found in one pass over its text; broken markup ends what is seen, never the pass. */
export function htmlReferences(text: string): readonly Reference[] {
  const found: Reference[] = [];
  const line = lineCounter(text);
  let hasBase = false;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      at = after(text, '-->', at + 4);
      continue;
    }
    const tag = readTag(text, at);
    at = tag.end;
    if (tag.name === '') continue;
    hasBase ||= tag.name === 'base' && tag.attributes.has('href');
    for (const target of targetsOf(tag)) {
      found.push({ target, line: line(tag.start), isFloating: hasBase });
    }
    if (!RAW_TEXT.has(tag.name)) continue;
    const close = closing(text, tag.name, at);
    if (tag.name === 'style') {
      const before = line(at) - 1;
      for (const reference of cssReferences(text.slice(at, close)))
        found.push({ ...reference, line: before + reference.line, isFloating: hasBase });
    }
    at = close;
  }
  return found;
}

const RAW_TEXT = new Set(['script', 'style', 'textarea', 'title', 'template']);

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly start: number;
  readonly end: number;
}

const NAME = /[a-zA-Z][a-zA-Z0-9-]{0,60}/y;
const MOST_ATTRIBUTES = 200;

function readTag(text: string, start: number): Tag {
  NAME.lastIndex = start + 1;
  const name = NAME.exec(text)?.[0].toLowerCase() ?? '';
  const attributes = new Map<string, string>();
  let at = start + 1 + name.length;
  if (name === '') return { name, attributes, start, end: at };
  while (at < text.length && text[at] !== '>') {
    const attribute = readAttribute(text, at);
    at = attribute.end;
    if (attribute.name !== '' && attributes.size < MOST_ATTRIBUTES)
      attributes.set(attribute.name, attribute.value);
  }
  return { name, attributes, start, end: Math.min(at + 1, text.length) };
}

const ATTRIBUTE_NAME = /[^\s=>/"']{1,100}/y;

function readAttribute(text: string, from: number) {
  let at = skipBlanks(text, from);
  ATTRIBUTE_NAME.lastIndex = at;
  const name = ATTRIBUTE_NAME.exec(text)?.[0].toLowerCase() ?? '';
  if (name === '') return { name, value: '', end: text[at] === '>' ? at : at + 1 };
  at += name.length;
  const equals = skipBlanks(text, at);
  if (text[equals] !== '=') return { name, value: '', end: at };
  return { name, ...readValue(text, skipBlanks(text, equals + 1)) };
}

function readValue(text: string, at: number) {
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, at + 1);
    const until = close === -1 ? text.length : close;
    return { value: text.slice(at + 1, until), end: Math.min(until + 1, text.length) };
  }
  let end = at;
  while (end < text.length && !/[\s>]/.test(text[end] ?? '')) end += 1;
  return { value: text.slice(at, end), end };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

function targetsOf({ name, attributes }: Tag): readonly string[] {
  const loading = Object.hasOwn(LOADING, name) ? LOADING[name] : undefined;
  if (loading === undefined) return [];
  if (name === 'link' && !LOADING_LINKS.test(attributes.get('rel') ?? '')) return [];
  return loading.flatMap((attribute) => {
    const value = attributes.get(attribute) ?? '';
    return attribute === 'srcset' ? candidates(value) : [value];
  });
}

/** `a.png 1x, b.png 2x`. */
function candidates(srcset: string): readonly string[] {
  return srcset.split(/,\s/).map((candidate) => candidate.trim().split(/\s/, 1)[0] ?? '');
}

function after(text: string, what: string, from: number): number {
  const index = text.indexOf(what, from);
  return index === -1 ? text.length : index + what.length;
}

function closing(text: string, name: string, from: number): number {
  for (let at = text.indexOf('</', from); at !== -1; at = text.indexOf('</', at + 2))
    if (text.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  return text.length;
}

/** Lines of growing offsets, counted once. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    for (; counted < offset; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
    return line;
  };
}
