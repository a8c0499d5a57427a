import { join } from 'node:path';

/** How threads are started. Tests, which run from the sources, start them with a loader. */
export const threadOptions: { extension: string; execArgv: string[] } = {
  extension: '.js',
  execArgv: [],
};

/** The file of a thread that lies in this folder: `threadFile(__dirname, 'syntax-thread')`. */
export function threadFile(folder: string, name: string): string {
  return join(folder, `${name}${threadOptions.extension}`);
}
