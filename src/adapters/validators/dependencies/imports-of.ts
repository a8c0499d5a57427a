import { parseSync } from 'oxc-parser';
import { packageOf } from './package-name';

/** A package that a file loads when it runs. */
export interface PackageImport {
  readonly name: string;
  /** As it is written: an alias of the project may be longer than a name. */
  readonly specifier: string;
  readonly line: number;
}

const MOST = 1_000;

/** Each package once, at its first place. What is asked for inside of `try` may be missing, so it does not count. */
export function importsOf(path: string, text: string): readonly PackageImport[] {
  const found = new Map<string, PackageImport>();
  for (const { specifier, offset } of requestsIn(path, text)) {
    const name = packageOf(specifier);
    if (name === null || found.has(specifier) || found.size >= MOST) continue;
    found.set(specifier, { name, specifier, line: lineAt(text, offset) });
  }
  return [...found.values()];
}

interface Request {
  readonly specifier: string;
  readonly offset: number;
}

function requestsIn(path: string, text: string): readonly Request[] {
  const { program } = parseSync(path, text, { lang: langOf(path), sourceType: sourceTypeOf(path) });
  const found: Request[] = [];
  const waiting: Place[] = [{ node: program, isTried: false, isRequireOurs: true }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const request = requestOf(place);
    if (request !== null) found.push(request);
    waiting.push(...placesIn(place));
  }
  return found.sort((one, other) => one.offset - other.offset);
}

function langOf(path: string): 'ts' | 'tsx' | 'jsx' {
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  return path.endsWith('.tsx') ? 'tsx' : 'jsx';
}

function sourceTypeOf(path: string): 'module' | 'commonjs' | 'unambiguous' {
  if (/\.m[jt]s$/.test(path)) return 'module';
  return /\.c[jt]s$/.test(path) ? 'commonjs' : 'unambiguous';
}

interface Place {
  readonly node: unknown;
  readonly isTried: boolean;
  /** False inside of a function that has a `require` of its own: a bundler's. */
  readonly isRequireOurs: boolean;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function placesIn(place: Place): readonly Place[] {
  const { node } = place;
  if (Array.isArray(node)) return node.map((inner: unknown) => ({ ...place, node: inner }));
  if (!isNode(node)) return [];
  const isRequireOurs = place.isRequireOurs && !takesRequire(node);
  return Object.entries(node)
    .filter(([, value]) => typeof value === 'object' && value !== null)
    .map(([key, value]) => ({
      node: value,
      isTried: place.isTried || (node.type === 'TryStatement' && key === 'block'),
      isRequireOurs,
    }));
}

function takesRequire({ params }: Node): boolean {
  return Array.isArray(params) && params.some((one) => isNode(one) && one['name'] === 'require');
}

function requestOf({ node, isTried, isRequireOurs }: Place): Request | null {
  if (!isNode(node) || isTried) return null;
  if (isRequireOurs && isRequireCall(node)) return literal(firstOf(node['arguments']));
  return LOADING.has(node.type) && !isOfTypes(node) ? literal(node['source']) : null;
}

const LOADING = new Set([
  'ImportDeclaration',
  'ImportExpression',
  'ExportAllDeclaration',
  'ExportNamedDeclaration',
]);

function isOfTypes(node: Node): boolean {
  return (
    node['importKind'] === 'type' ||
    node['exportKind'] === 'type' ||
    isTypesOnly(node['specifiers'])
  );
}

/** `import { type A } from "a"`; nothing in braces still loads the module. */
function isTypesOnly(specifiers: unknown): boolean {
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every((one) => isNode(one) && one['importKind'] === 'type')
  );
}

function isRequireCall({ type, callee }: Node): boolean {
  if (type !== 'CallExpression' || !isNode(callee)) return false;
  return callee.type === 'Identifier' && callee['name'] === 'require';
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) && list.length === 1 ? (list[0] as unknown) : null;
}

function literal(node: unknown): Request | null {
  if (!isNode(node) || node.type !== 'Literal' || typeof node['value'] !== 'string') return null;
  return { specifier: node['value'], offset: Number(node['start']) };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
