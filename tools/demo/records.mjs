import { readFile } from 'node:fs/promises';

/** Every whole line of what tools/load/run.mjs has written so far; none where it wrote nothing. */
export async function readRecords(file) {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n');
  // The last one is empty, or half-written by a client that still runs.
  return lines.slice(0, -1).map((line) => JSON.parse(line));
}
