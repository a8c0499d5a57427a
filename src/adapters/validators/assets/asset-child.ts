import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { child } from '../../inspection/child/child';
import { readText } from '../../inspection/read-text';
import { mismatch } from './content-type';
import { cssReferences } from './css-references';
import { htmlReferences } from './html-references';
import type { Reference } from './reference';

/** What one file says about itself and others. */
export type AssetLook =
  | { readonly kind: 'page'; readonly references: readonly Reference[] }
  | { readonly kind: 'typed'; readonly mismatch: ReturnType<typeof mismatch> }
  | { readonly kind: 'not-text' }
  | { readonly kind: 'too-large' };

const MAX_PAGE_BYTES = 16_000_000;
const HEAD_BYTES = 512;
const MOST_REFERENCES = 10_000;

child<null>(() => async (file, path): Promise<AssetLook> => {
  if (!/\.(?:html?|xhtml|css)$/i.test(path))
    return { kind: 'typed', mismatch: mismatch(path, await headOf(file)) };
  const read = await readText(file, MAX_PAGE_BYTES);
  if (read.kind !== 'text') return { kind: read.kind === 'binary' ? 'not-text' : 'too-large' };
  const find = path.toLowerCase().endsWith('.css') ? cssReferences : htmlReferences;
  return { kind: 'page', references: find(read.text).slice(0, MOST_REFERENCES) };
});

async function headOf(file: string): Promise<Buffer> {
  await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  const head = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0);
  return head.subarray(0, bytesRead);
}
