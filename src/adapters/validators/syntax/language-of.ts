import type { FileKind } from '../../../domain/checks/inventory';

/** What a file is parsed as. */
export const LANGUAGES = [
  'javascript',
  'typescript',
  'json',
  'json-with-comments',
  'json-lines',
  'yaml',
  'terraform',
  'dockerfile',
  'toml',
] as const;

export type Language = (typeof LANGUAGES)[number];

type Parse = Language | ((path: string) => Language | null) | null;

const BY_KIND: Readonly<Record<FileKind, Parse>> = {
  javascript: 'javascript',
  typescript: 'typescript',
  yaml: 'yaml',
  dockerfile: 'dockerfile',
  terraform: (path) => (path.endsWith('.json') ? 'json' : 'terraform'),
  json: jsonLanguage,
  'npm-manifest': jsonLanguage,
  'npm-lockfile': jsonLanguage,
  // A template without an extension may be either, and JSON is YAML.
  cloudformation: templateLanguage,
  'task-definition': templateLanguage,
  text: textLanguage,
  'uv-lockfile': null,
  'poetry-lockfile': null,
  requirements: null,
  html: null,
  css: null,
  'oci-layout': null,
  archive: null,
  binary: null,
};

/** Null where we have no parser for it. */
export function languageOf(path: string, kind: FileKind): Language | null {
  const parse = BY_KIND[kind];
  return typeof parse === 'function' ? parse(path) : parse;
}

function templateLanguage(path: string): Language {
  return path.endsWith('.json') ? jsonLanguage(path) : 'yaml';
}

function textLanguage(path: string): Language | null {
  if (path.endsWith('.toml')) return 'toml';
  return /\.(?:tfvars|hcl)$/.test(path) ? 'terraform' : null;
}

/** Files that their own tools read with comments and trailing commas. */
const WITH_COMMENTS =
  /(?:^|\/)(?:[tj]sconfig[^/]{0,60}|devcontainer|deno|biome|turbo|nx|tslint|tsdoc|api-extractor|angular|nest-cli|renovate|wrangler|language-configuration|\.eslintrc)\.json$|\.jsonc$|(?:^|\/)\.(?:vscode|devcontainer|zed)\//;

function jsonLanguage(path: string): Language {
  if (/\.(?:jsonl|ndjson)$/.test(path)) return 'json-lines';
  return WITH_COMMENTS.test(path) ? 'json-with-comments' : 'json';
}
