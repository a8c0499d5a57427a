import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of Belay's own package.json: the same from `src`, from `dist` and when installed. */
export function packageRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${from}`);
  }
}

/** The compiled main file of one of the processes. */
export function builtMain(name: 'platform' | 'workers'): string {
  return join(packageRoot(), 'dist', name, 'main.js');
}
