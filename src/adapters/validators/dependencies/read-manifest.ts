/** What a package.json says; names and ranges only. */
export interface NpmManifest {
  readonly name: string | null;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly bundled: readonly string[];
  /** Names that the project itself gives another meaning to: overrides and module aliases. */
  readonly overrides: readonly string[];
  readonly aliases: readonly string[];
  readonly nodeRange: string | null;
}

/** Null where it is no JSON object. */
export function readManifest(text: string): NpmManifest | null {
  const manifest = parsed(text);
  if (manifest === null) return null;
  const name = manifest['name'];
  const nodeRange = recordOf(manifest['engines'])['node'];
  return {
    name: typeof name === 'string' ? name : null,
    dependencies: rangesOf(manifest['dependencies']),
    devDependencies: rangesOf(manifest['devDependencies']),
    optionalDependencies: rangesOf(manifest['optionalDependencies']),
    peerDependencies: rangesOf(manifest['peerDependencies']),
    bundled: namesOf(manifest['bundleDependencies'] ?? manifest['bundledDependencies']),
    overrides: Object.keys(recordOf(manifest['overrides'])).map(withoutVersion),
    aliases: Object.keys(recordOf(manifest['_moduleAliases'])),
    nodeRange: typeof nodeRange === 'string' ? nodeRange : null,
  };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

export function rangesOf(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(recordOf(value));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** `foo@^1` is an override of `foo`. */
function withoutVersion(name: string): string {
  const at = name.indexOf('@', 1);
  return at === -1 ? name : name.slice(0, at);
}
