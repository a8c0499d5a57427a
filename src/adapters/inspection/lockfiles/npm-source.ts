import { posix } from 'node:path';
import type { ComponentSource } from '../../../domain/checks/component';

export interface NamedPackage {
  readonly name: string;
  readonly version: string;
}

/** Where an npm lockfile takes a package from, by its `resolved`. */
export function npmSource(resolved: unknown, named: NamedPackage): ComponentSource {
  // Networks without the public registry write lockfiles without addresses: then only the configured one can be meant.
  if (typeof resolved !== 'string') return { kind: 'registry', host: null, secure: true };
  if (/^(?:git[+:@]|ssh:|github:|gitlab:|bitbucket:|gist:)/.test(resolved))
    return gitSource(resolved);
  if (!/^https?:/i.test(resolved)) return { kind: 'file' };
  const address = URL.canParse(resolved) ? new URL(resolved) : null;
  if (address === null) return { kind: 'mismatch', host: null };
  if (address.pathname.endsWith('.git')) return gitSource(resolved);
  if (namesAnother(address, named)) return { kind: 'mismatch', host: address.host };
  return { kind: 'registry', host: address.host, secure: address.protocol === 'https:' };
}

/** A fragment of a whole commit id pins it; a branch or a tag can be moved. */
export function gitSource(address: string): ComponentSource {
  return { kind: 'git', pinned: /#[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(address) };
}

/** Registries write `…/name/-/name-1.0.0.tgz`; other forms are not judged, their host is. */
function namesAnother({ pathname }: URL, { name, version }: NamedPackage): boolean {
  const path = decoded(pathname);
  if (!path.includes('/-/')) return false;
  const file = `${posix.basename(name)}-${version.replace(/^[v=\s]{1,5}/, '')}.tgz`;
  return !path.endsWith(`/${name}/-/${file}`);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
