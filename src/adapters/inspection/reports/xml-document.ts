import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { missing, parsed, type Parsed } from './parsed';
import { readProlog } from './xml-prolog';

/** An element: attributes and children by name; text under `#text`. */
export type XmlElement = Readonly<Record<string, unknown>>;

export interface XmlDocument {
  readonly rootName: string;
  readonly root: XmlElement;
}

export interface XmlOrder {
  /** Elements that may stand several times: always arrays. */
  readonly lists: readonly string[];
  /** `plain`: a DOCTYPE that declares nothing here is let through. */
  readonly doctype: 'refused' | 'plain';
}

/** Attributes are kept apart from children of the same name. */
const ATTRIBUTE = '@';

/** Parses well-formed XML: no entity is ever expanded, and nothing is fetched. */
export function parseXml(text: string, { lists, doctype }: XmlOrder): Parsed<XmlDocument> {
  const prolog = readProlog(text);
  if (prolog.kind === 'missing') return prolog;
  const { declares, rootName } = prolog.content;
  if (rootName.toLowerCase() === 'html') return missing('it is an HTML page');
  if (declares === 'inside') return missing('it declares entities of its own (DTD)');
  if (declares === 'outside' && doctype === 'refused') return missing('it has a DOCTYPE');
  if (XMLValidator.validate(text, { allowBooleanAttributes: false }) !== true)
    return missing('it is no whole XML: cut off or damaged');
  return readRoot(text, rootName, lists);
}

export function attribute(element: XmlElement, name: string): string | null {
  const value = element[`${ATTRIBUTE}${name}`];
  return typeof value === 'string' ? withoutEntities(value) : null;
}

/** The children of that name, where it was named in {@link XmlOrder.lists}. */
export function children(element: XmlElement, name: string): readonly XmlElement[] {
  const list = element[name];
  return Array.isArray(list) ? list.map(elementOf) : [];
}

function readRoot(text: string, rootName: string, lists: readonly string[]): Parsed<XmlDocument> {
  const names = new Set(lists);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: ATTRIBUTE,
    parseAttributeValue: false,
    parseTagValue: false,
    processEntities: false,
    isArray: (name) => names.has(name),
  });
  try {
    const document = parser.parse(text) as Readonly<Record<string, unknown>>;
    const roots = Object.keys(document)
      .filter((name) => !/^[?#]/.test(name))
      .flatMap((name) => document[name]);
    if (roots.length !== 1) return missing('it holds more than one document');
    return parsed({ rootName, root: elementOf(roots[0]) });
  } catch {
    return missing('it is nested too deeply, or no XML that can be read');
  }
}

/** An element without attributes and children comes as its text. */
function elementOf(value: unknown): XmlElement {
  return typeof value === 'object' && value !== null ? (value as XmlElement) : {};
}

const PREDEFINED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

function withoutEntities(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => PREDEFINED[entity] ?? entity);
}
