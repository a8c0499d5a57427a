import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { Properties } from '../infrastructure/infrastructure-resource';
import { assertShallow } from '../infrastructure/nesting';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import { isProperties } from '../infrastructure/values';
import { INTRINSIC_TAGS } from './intrinsic-tags';

export interface Template {
  readonly content: Properties;
  /** The line of `Resources.Name` or `Parameters.Name`, from 1; null where it is not known. */
  readonly lineOf: (section: string, name: string) => number | null;
}

/** What an alias may multiply a document to: a few lines of them can stand for gigabytes. */
const MOST_ALIASES = 100;

/**
 * A CloudFormation template in YAML or JSON, its intrinsic functions as `{ 'Fn::Sub': … }`, which is what tags stand for.
 * @throws UnreadableFile where it is not one
 */
export function parseTemplate(text: string): Template {
  assertShallow(text);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    customTags: [...INTRINSIC_TAGS],
    lineCounter: lines,
    logLevel: 'silent',
    uniqueKeys: true,
  });
  const [mistake] = document.errors;
  if (mistake !== undefined) {
    const line = mistake.linePos?.[0].line;
    const place = line === undefined ? '' : `, line ${line}`;
    throw new UnreadableFile(`it cannot be parsed as a template${place}`);
  }
  return {
    content: contentOf(document),
    lineOf: (section, name) => lineOf(document, lines, [section, name]),
  };
}

function contentOf(document: Document): Properties {
  const content = converted(document);
  if (!isProperties(content) || !isProperties(content['Resources']))
    throw new UnreadableFile('it is no template: it has no Resources');
  return content;
}

function converted(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    throw new UnreadableFile(
      `its aliases stand for more than ${MOST_ALIASES} times what is written`,
    );
  }
}

function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number | null {
  const [section = '', name = ''] = path;
  const named = document.get(section, true);
  if (!isMap(named)) return null;
  const key = named.items.find((pair) => isScalar(pair.key) && pair.key.value === name)?.key;
  const start = isScalar(key) ? key.range?.[0] : undefined;
  return start === undefined ? null : lines.linePos(start).line;
}
