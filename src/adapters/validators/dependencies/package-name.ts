import { isBuiltin } from 'node:module';

const NAME = /^(?:@[a-z0-9~-][\w.~-]{0,100}\/)?[a-z0-9~][\w.~-]{0,100}$/i;

/** The package that an import asks for; null for files, builtins, addresses and what only bundlers understand. */
export function packageOf(specifier: string): string | null {
  if (specifier.length > 300 || isBuiltin(specifier)) return null;
  if (/^(?:\.|\/|#|~|[a-z][a-z0-9+-]{0,20}:)/i.test(specifier) || /[!?*\\]/.test(specifier))
    return null;
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
  return NAME.test(name) && !isBuiltin(name) ? name : null;
}
