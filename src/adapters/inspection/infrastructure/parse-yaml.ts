import {
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type CollectionTag,
  type Document,
  type ScalarTag,
} from 'yaml';
import { assertShallow } from './nesting';
import { UnreadableFile } from './unreadable-file';

export interface YamlText {
  readonly text: string;
  /** What it ought to be: `a template`. */
  readonly what: string;
  readonly tags?: readonly (ScalarTag | CollectionTag)[];
}

export interface ParsedYaml {
  readonly content: unknown;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** What an alias may multiply a document to: a few lines of them can stand for gigabytes. */
const MOST_COPIES = 100;
/** Each is looked up in the whole document. */
const MOST_ALIASES = 1_000;

/**
 * One document of YAML, or JSON, which YAML contains.
 * @throws UnreadableFile where it is not one, names a key twice, or multiplies itself by aliases
 */
export function parseYaml({ text, what, tags = [] }: YamlText): ParsedYaml {
  assertShallow(text);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    customTags: [...tags],
    lineCounter: lines,
    logLevel: 'silent',
    merge: true,
    // Asked below: the parser compares each key with each.
    uniqueKeys: false,
  });
  const [mistake] = document.errors;
  if (mistake !== undefined) throw unparsable(what, mistake.linePos?.[0].line);
  assertFewAliases(document);
  assertKeysOnce(document, lines, what);
  return { content: contentOf(document), document, lines };
}

function unparsable(what: string, line: number | undefined): UnreadableFile {
  const place = line === undefined ? '' : `, line ${line}`;
  return new UnreadableFile(`it cannot be parsed as ${what}${place}`);
}

function assertFewAliases(document: Document): void {
  let count = 0;
  visit(document, {
    Alias() {
      count += 1;
      if (count > MOST_ALIASES)
        throw new UnreadableFile(`it has more than ${MOST_ALIASES} aliases`);
    },
  });
}

function assertKeysOnce(document: Document, lines: LineCounter, what: string): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue;
        if (seen.has(key.value)) throw unparsable(what, lines.linePos(key.range?.[0] ?? 0).line);
        seen.add(key.value);
      }
    },
  });
}

function contentOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_COPIES });
  } catch {
    throw new UnreadableFile(
      `its aliases stand for more than ${MOST_COPIES} times what is written`,
    );
  }
}
