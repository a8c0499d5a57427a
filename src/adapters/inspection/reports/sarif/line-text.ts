import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readText } from '../../read-text';

/** The text of a line, without its spaces, or an empty one where it cannot be read. */
export type LineText = (path: string, line: number | null) => Promise<string>;

const MOST_BYTES = 5_000_000;

/** Reads lines of files inside of the root; keeps the file that it read last. */
export async function openLines(root: string): Promise<LineText> {
  const realRoot = await realpath(root).catch(() => null);
  let kept: { readonly path: string; readonly lines: readonly string[] } | null = null;
  return async (path, line) => {
    if (line === null || realRoot === null) return '';
    if (kept?.path !== path) kept = { path, lines: await linesOf(realRoot, path) };
    return (kept.lines[line - 1] ?? '').replace(/\s+/g, ' ').trim();
  };
}

/** Nothing where any part of the path is a link. */
async function linesOf(realRoot: string, path: string): Promise<readonly string[]> {
  try {
    const file = join(realRoot, path);
    if ((await realpath(file)) !== file) return [];
    const read = await readText(file, MOST_BYTES);
    return read.kind === 'text' ? read.text.split(/\r\n|\n|\r/) : [];
  } catch {
    return [];
  }
}
