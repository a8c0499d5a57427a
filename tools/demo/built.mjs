import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../set-up/tool.mjs';

const load = createRequire(import.meta.url);

/** A module of the build, by its path in dist/. There is none before set-up. */
export function built(path) {
  return load(join(root, 'dist', path));
}
