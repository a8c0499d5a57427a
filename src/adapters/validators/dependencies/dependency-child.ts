import { posix } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { child } from '../../inspection/child/child';
import { readText } from '../../inspection/read-text';
import { compareLock, readNpmLock, type Drift } from './compare-lock';
import { importsOf, type PackageImport } from './imports-of';
import { readManifest, type NpmManifest } from './read-manifest';
import { tsconfigAliases } from './tsconfig-aliases';

export type DependencyTask = 'manifest' | 'npm-lock' | 'toml-lock' | 'tsconfig' | 'script';

export interface DependencySetup {
  readonly root: string;
  readonly tasks: Readonly<Record<string, DependencyTask>>;
}

/** What one file says about dependencies. */
export type DependencyLook =
  | { readonly kind: 'manifest'; readonly manifest: NpmManifest }
  | { readonly kind: 'lock'; readonly drifts: readonly DriftAt[] }
  | { readonly kind: 'aliases'; readonly aliases: readonly string[] }
  | { readonly kind: 'script'; readonly imports: readonly PackageImport[] }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'too-large' };

/** `manifest`: its path below the root. */
export interface DriftAt extends Drift {
  readonly manifest: string;
}

const MAX_BYTES: Readonly<Record<DependencyTask, number>> = {
  manifest: 4_000_000,
  'npm-lock': 64_000_000,
  'toml-lock': 64_000_000,
  tsconfig: 4_000_000,
  script: 8_000_000,
};
const MOST_DRIFTS = 1_000;

child<DependencySetup>((setup) => async (file, path): Promise<DependencyLook> => {
  const task = setup.tasks[path];
  if (task === undefined) throw new Error('Nobody asked for this file.');
  const read = await readText(file, MAX_BYTES[task]);
  if (read.kind === 'too-large') return read;
  return read.kind === 'binary' ? { kind: 'malformed' } : lookAt(path, read.text, setup);
});

async function lookAt(path: string, text: string, setup: DependencySetup): Promise<DependencyLook> {
  switch (setup.tasks[path] ?? 'script') {
    case 'manifest': {
      const manifest = readManifest(text);
      return manifest === null ? { kind: 'malformed' } : { kind: 'manifest', manifest };
    }
    case 'npm-lock':
      return lockLook(path, text, setup);
    case 'toml-lock':
      return isToml(text) ? { kind: 'lock', drifts: [] } : { kind: 'malformed' };
    case 'tsconfig':
      return { kind: 'aliases', aliases: tsconfigAliases(text) };
    case 'script':
      return { kind: 'script', imports: importsOf(path, text) };
  }
}

/** Held against the manifest beside it, and those of its workspaces that ship. */
async function lockLook(
  path: string,
  text: string,
  setup: DependencySetup,
): Promise<DependencyLook> {
  const lock = readNpmLock(text);
  if (lock === null) return { kind: 'malformed' };
  const drifts: DriftAt[] = [];
  for (const folder of ['', ...lock.workspaces]) {
    const manifestPath = posix.join(posix.dirname(path), folder, 'package.json');
    if (setup.tasks[manifestPath] !== 'manifest') continue;
    const read = await readText(`${setup.root}/${manifestPath}`, MAX_BYTES.manifest);
    const manifest = read.kind === 'text' ? readManifest(read.text) : null;
    if (manifest === null) continue;
    for (const drift of compareLock(lock, folder, manifest))
      drifts.push({ ...drift, manifest: manifestPath });
  }
  return { kind: 'lock', drifts: drifts.slice(0, MOST_DRIFTS) };
}

function isToml(text: string): boolean {
  try {
    parseToml(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return false;
  }
}
