import { posix } from 'node:path';

/** What a file says about packages, by its name alone: the inventory's own word for it is not asked. */
export type LockfileKind =
  | { readonly kind: 'npm' | 'npm-installed' | 'uv' | 'poetry' | 'requirements' }
  | { readonly kind: 'unread'; readonly tool: string };

const READ: Readonly<Record<string, LockfileKind>> = {
  'package-lock.json': { kind: 'npm' },
  'npm-shrinkwrap.json': { kind: 'npm' },
  'uv.lock': { kind: 'uv' },
  'poetry.lock': { kind: 'poetry' },
};

/** Lockfiles that this version knows by name only. */
const UNREAD: Readonly<Record<string, string>> = {
  'yarn.lock': 'yarn',
  'pnpm-lock.yaml': 'pnpm',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'deno.lock': 'deno',
  'Pipfile.lock': 'pipenv',
  'pdm.lock': 'pdm',
  'pylock.toml': 'pylock',
  'Cargo.lock': 'cargo',
  'go.sum': 'go',
  'Gemfile.lock': 'bundler',
  'composer.lock': 'composer',
  'packages.lock.json': 'nuget',
  'gradle.lockfile': 'gradle',
  'mix.lock': 'mix',
  'pubspec.lock': 'pub',
  'Package.resolved': 'swift',
  'Podfile.lock': 'cocoapods',
  'conan.lock': 'conan',
};

const REQUIREMENTS = /^(?:[\w.-]{0,100}[-_.])?requirements(?:[-_.][\w.-]{0,100})?\.txt$/;
const INSIDE_INSTALLED = /(?:^|\/)(?:node_modules|site-packages)\//;

/** Null for what is no lockfile. What lies inside of an installed package pins nothing and is none. */
export function lockfileKind(path: string): LockfileKind | null {
  const name = posix.basename(path);
  if (name === '.package-lock.json' && /(?:^|\/)node_modules\/\.package-lock\.json$/.test(path)) {
    return { kind: 'npm-installed' };
  }
  if (isInsideInstalled(path)) return null;
  const read = Object.hasOwn(READ, name) ? READ[name] : undefined;
  if (read !== undefined) return read;
  const tool = Object.hasOwn(UNREAD, name) ? UNREAD[name] : undefined;
  if (tool !== undefined) return { kind: 'unread', tool };
  return REQUIREMENTS.test(name) ? { kind: 'requirements' } : null;
}

export function isInsideInstalled(path: string): boolean {
  return INSIDE_INSTALLED.test(path);
}
