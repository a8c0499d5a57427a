import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { textEncoding } from './text-encoding';

export type TextOrNot =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary' }
  | { readonly kind: 'too-large' };

const HEAD_BYTES = 8_192;

/** Reads a file of the stored copy as text, never through a link. */
export async function readText(path: string, maxBytes: number): Promise<TextOrNot> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    const encoding = textEncoding(head.subarray(0, bytesRead));
    if (encoding === null) return { kind: 'binary' };
    if ((await file.stat()).size > maxBytes) return { kind: 'too-large' };
    return { kind: 'text', text: new TextDecoder(encoding).decode(await file.readFile()) };
  } finally {
    await file.close();
  }
}
