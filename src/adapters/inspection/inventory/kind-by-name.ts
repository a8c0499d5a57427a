import type { FileKind } from '../../../domain/checks/inventory';

const BY_NAME: Readonly<Record<string, FileKind>> = {
  'package.json': 'npm-manifest',
  'package-lock.json': 'npm-lockfile',
  'npm-shrinkwrap.json': 'npm-lockfile',
  'uv.lock': 'uv-lockfile',
  'poetry.lock': 'poetry-lockfile',
  'oci-layout': 'oci-layout',
};

const BY_EXTENSION: readonly (readonly [FileKind, readonly string[]])[] = [
  ['javascript', ['js', 'mjs', 'cjs', 'jsx']],
  ['typescript', ['ts', 'mts', 'cts', 'tsx']],
  ['json', ['json', 'jsonc', 'jsonl', 'ndjson', 'geojson', 'webmanifest']],
  ['yaml', ['yaml', 'yml']],
  ['terraform', ['tf']],
  ['html', ['html', 'htm', 'xhtml']],
  ['css', ['css']],
  ['archive', ['zip', 'tar', 'tgz', 'gz', 'bz2', 'xz', 'zst', '7z', 'rar', 'jar', 'war', 'whl']],
  ['text', ['md', 'txt', 'template', 'map', 'svg', 'xml', 'csv']],
];

const KIND_OF_EXTENSION: ReadonlyMap<string, FileKind> = new Map(
  BY_EXTENSION.flatMap(([kind, extensions]) =>
    extensions.map((extension): [string, FileKind] => [extension, kind]),
  ),
);

/** Null where the name does not say. */
export function kindByName(path: string): FileKind | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const known = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (known !== undefined) return known;
  if (name.endsWith('.tf.json')) return 'terraform';
  if (isRequirements(path.toLowerCase())) return 'requirements';
  const extension = name.lastIndexOf('.') > 0 ? name.slice(name.lastIndexOf('.') + 1) : '';
  return KIND_OF_EXTENSION.get(extension) ?? (isDockerfile(name, extension) ? 'dockerfile' : null);
}

/** `Dockerfile`, `Dockerfile.dev`, `web.dockerfile`, `Containerfile`; not what lies beside one. */
function isDockerfile(name: string, extension: string): boolean {
  if (extension === 'dockerfile' || extension === 'containerfile') return true;
  if (/^(?:dockerignore|bak|orig|sh|py|go|rb|rs|tmpl|tpl|j2|erb|toml)$/.test(extension))
    return false;
  return /^(?:dockerfile|containerfile)(?:$|[._-])/.test(name);
}

function isRequirements(path: string): boolean {
  return /(?:^|\/)(?:[\w.-]{0,60}requirements[\w.-]{0,60}|requirements\/[\w.-]{1,100})\.txt$/.test(
    path,
  );
}
