import type { LayerEntry } from '../../../inspection/oci/layer-entry';
import { textEncoding } from '../../../inspection/text-encoding';

const HEAD_BYTES = 8_192;

/** The text of a file on its way, in pieces; null for a binary file, whose bytes are left alone. */
export async function entryText(entry: LayerEntry): Promise<AsyncGenerator<string> | null> {
  const chunks = entry[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let bytes = 0;
  while (bytes < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    head.push(next.value);
    bytes += next.value.length;
  }
  const first = Buffer.concat(head);
  const encoding = textEncoding(first.subarray(0, HEAD_BYTES));
  if (encoding !== null) return decoded(first, chunks, encoding);
  // Read to its end: what waits for it is the rest of the layer.
  while ((await chunks.next()).done !== true);
  return null;
}

async function* decoded(
  first: Buffer,
  chunks: AsyncIterator<Buffer>,
  encoding: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  yield decoder.decode(first, { stream: true });
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
    yield decoder.decode(next.value, { stream: true });
  yield decoder.decode();
}
