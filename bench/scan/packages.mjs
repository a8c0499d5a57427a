import { cp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../tools/set-up/tool.mjs';

/** Machine code and what only a package manager reads: no tool here looks at them, and copying takes time. */
const leftOut = /(?:^|[\\/])node_modules$|\.(?:node|wasm|exe|so|dll)$/;

/**
 * Copies the packages that this project depends on, as they were published: what a tool finds in them is a false alarm.
 * Out of `node_modules`, because a tool may skip a folder of that name.
 *
 * @returns {Promise<readonly string[]>} their names
 */
export async function copyPackages(folder) {
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  const names = [];
  for (const name of Object.keys({ ...dependencies, ...devDependencies }).sort()) {
    const from = join(root, 'node_modules', name);
    if (!(await isFolder(from))) continue;
    await cp(from, join(folder, name), {
      recursive: true,
      dereference: true,
      filter: (path) => path === from || !leftOut.test(path),
    });
    names.push(name);
  }
  return names;
}

async function isFolder(path) {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true;
}
