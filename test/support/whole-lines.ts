import { readFileSync } from 'node:fs';

/** The lines of a file that others write into meanwhile: the last one may be there in part only, and is left out. */
export function wholeLines(path: string): readonly string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}
