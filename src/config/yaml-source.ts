import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { tooDeepAt } from './nesting';
import type { ConfigProblem, PathSegment } from './problem';

/** A YAML text as plain data that still knows where everything stood. */
export interface YamlSource {
  readonly value: unknown;
  /** Line and column (from 1) of the value at the path, or of the nearest thing above it that exists. */
  locate(path: readonly PathSegment[], part?: 'value' | 'key'): Position;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

export type YamlReading =
  | { readonly kind: 'read'; readonly source: YamlSource }
  | { readonly kind: 'broken'; readonly problems: readonly ConfigProblem[] };

/** Reads one YAML 1.2 document; syntax errors, duplicate keys and a second document are problems. */
export function readYaml(text: string, file: string): YamlReading {
  const lines = new LineCounter();
  const deep = tooDeepAt(text);
  if (deep !== null) return { kind: 'broken', problems: [tooDeep({ text, file, offset: deep })] };
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const documents = 'empty' in parsed ? [] : parsed;
  const document = documents.find(({ contents }) => contents !== null);
  if (document === undefined) {
    return { kind: 'broken', problems: [{ ...emptyFile, file }] };
  }
  const errors = withoutEchoes(
    documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]),
  );
  const problems = [
    ...errors.map((error) => problemAt(error.pos[0], ...explain(error.code, error.message))),
    ...documents.slice(1, 2).map(({ range }) => problemAt(range[0], ...secondDocument)),
    ...undefinedAliases(document).map((at) => problemAt(at, ...unknownAnchor)),
    ...oddKeys(document).map((at) => problemAt(at, ...oddKey)),
  ];
  if (problems.length > 0) return { kind: 'broken', problems };
  const plain = plainData(document);
  if (plain === null) return { kind: 'broken', problems: [problemAt(0, ...tooManyAliases)] };
  return {
    kind: 'read',
    source: {
      value: plain.value,
      locate: (path, part = 'value') => positionAt(lines, locate(document, path, part)),
    },
  };

  function problemAt(offset: number, rule: string, suggestion: string | null): ConfigProblem {
    return { file, ...positionAt(lines, offset), path: '', rule, suggestion };
  }
}

function tooDeep(at: { readonly text: string; readonly file: string; readonly offset: number }) {
  const before = at.text.slice(0, at.offset);
  return {
    file: at.file,
    line: before.split('\n').length,
    column: at.offset - before.lastIndexOf('\n'),
    path: '',
    rule: 'lists and mappings nest far deeper here than a configuration does',
    suggestion: null,
  };
}

const emptyFile = {
  line: 1,
  column: 1,
  path: '',
  rule: 'the file is empty',
  suggestion: 'Start from docs/configuration/minimal.yaml.',
} as const;

const secondDocument = [
  'a second YAML document begins here, and a configuration is one document',
  'Remove the line `---` and what belongs to the other document.',
] as const;

const unknownAnchor = [
  'the alias names an anchor that is not set before it, or that holds the alias itself',
  null,
] as const;

const oddKey = ['a list or a mapping stands where a key must be', null] as const;

const tooManyAliases = [
  'the aliases of the file unfold to far more than a configuration holds',
  'Write the values out.',
] as const;

/** Behind the first place that is no YAML the parser stumbles over every token: one query without quotes is dozens of errors. */
function withoutEchoes<Found extends { readonly code: string }>(
  errors: readonly Found[],
): readonly Found[] {
  const first = errors.findIndex(({ code }) => explain(code, '')[0].startsWith(NO_YAML));
  return first < 0 ? errors : errors.slice(0, first + 1);
}

const NO_YAML = 'not valid YAML';

/** Rule and suggestion for what the YAML parser found. */
function explain(code: string, message: string): [rule: string, suggestion: string | null] {
  switch (code) {
    case 'DUPLICATE_KEY':
      return [
        'the same key stands twice in one mapping, so one of the two would be lost',
        'Keep one of them.',
      ];
    case 'TAB_AS_INDENT':
      return ['a tab indents this line, and YAML allows only spaces', 'Replace it by spaces.'];
    case 'TAG_RESOLVE_FAILED':
      return ['tags (`!…`) have no meaning here', 'Write the value without the tag.'];
    default:
      return [`${NO_YAML}: ${message.slice(0, 200)}`, null];
  }
}

function oddKeys(document: Document): number[] {
  const found: number[] = [];
  visit(document, {
    Pair: (_key, pair) => {
      if (!isScalar(pair.key)) found.push(offsetOf(pair.key));
    },
  });
  return found;
}

function undefinedAliases(document: Document): number[] {
  const found: number[] = [];
  walk(document.contents, []);
  return found;

  function walk(node: unknown, ancestors: readonly unknown[]): void {
    const above = [...ancestors, node];
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined || ancestors.includes(target)) found.push(offsetOf(node));
    } else if (isMap(node)) {
      for (const pair of node.items) walk(pair.value, above);
    } else if (isSeq(node)) {
      for (const item of node.items) walk(item, above);
    }
  }
}

/** Null where the aliases unfold without reason; every alias has an anchor by now. */
function plainData(document: Document): { readonly value: unknown } | null {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown };
  } catch (error) {
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

function locate(document: Document, path: readonly PathSegment[], part: 'value' | 'key'): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node);
  for (const [depth, segment] of path.entries()) {
    const parent = isAlias(node) ? node.resolve(document) : node;
    const last = depth === path.length - 1;
    if (isSeq(parent) && typeof segment === 'number') {
      node = parent.items[segment];
      offset = offsetOf(node, offset);
    } else if (isMap(parent)) {
      const pair = pairOf(parent, segment);
      if (pair === undefined) return offset;
      node = pair.value;
      const atKey = !isScalar(node) || (last && part === 'key');
      offset = offsetOf(atKey ? pair.key : node, offsetOf(pair.key, offset));
    } else {
      return offset;
    }
  }
  return offset;
}

function pairOf(map: YAMLMap, segment: PathSegment): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
}

function offsetOf(node: unknown, otherwise = 0): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? otherwise) : otherwise;
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
