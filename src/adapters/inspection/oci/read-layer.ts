import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import type { LayerEntry } from './layer-entry';
import type { LayerBudget, LayerLimits } from './layer-limits';

export interface LayerOrder {
  /** The packed bytes. An error in it is an error of the layer. */
  readonly packed: Readable;
  readonly packedBytes: number;
  readonly limits: LayerLimits;
  readonly budget: LayerBudget;
  /** Must read the entry to its end, or leave it alone. */
  readonly visit: (entry: LayerEntry) => Promise<void>;
  /** Called for each piece that is unpacked: one file may take minutes. */
  readonly progress: () => void;
}

/**
 * Unpacks a layer on its way, entry by entry, and keeps nothing.
 * @throws UnreadableFile where it is packed in a way that is not read, is cut off, or is larger than anyone needs
 */
export async function readLayer(order: LayerOrder): Promise<void> {
  try {
    await unpack(order);
  } finally {
    order.packed.destroy();
  }
}

async function unpack(order: LayerOrder): Promise<void> {
  const { head, rest } = await withHead(order.packed);
  const unpacked = unpackerFor(head);
  const tar = extract();
  const stages = [rest, ...(unpacked === null ? [] : [unpacked]), bounded(order), tar];
  const piped = pipeline(stages as unknown as [Readable, NodeJS.WritableStream]);
  // Whatever ends first ends the other; the pipe's error is the cause, the visit's its consequence.
  const [pipe, visit] = await Promise.allSettled([piped, visitEntries(tar, order)]);
  if (visit.status === 'rejected' && visit.reason instanceof UnreadableFile) throw visit.reason;
  if (pipe.status === 'rejected') throw readable(pipe.reason);
  if (visit.status === 'rejected') throw readable(visit.reason);
}

async function visitEntries(
  tar: ReturnType<typeof extract>,
  { budget, limits, visit }: LayerOrder,
): Promise<void> {
  for await (const entry of tar) {
    budget.entries -= 1;
    if (budget.entries < 0)
      throw new UnreadableFile(`the image has more than ${limits.entries} files`);
    assertPath(entry.header.name, limits);
    await visit(entry as unknown as LayerEntry);
    entry.resume();
  }
}

function assertPath(path: string, limits: LayerLimits): void {
  if (path.length > limits.pathCharacters || path.split('/').length > limits.pathLevels)
    throw new UnreadableFile('it has a path that is longer or deeper than any system allows');
}

/** Counts what comes out: a bomb ends here, long before it is large. */
function bounded({ packedBytes, limits, budget, progress }: LayerOrder): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      progress();
      bytes += chunk.length;
      budget.bytes -= chunk.length;
      if (budget.bytes < 0)
        done(new UnreadableFile(`the image unpacks to more than ${limits.bytes} bytes`));
      else if (bytes > limits.ratioFromBytes && bytes > packedBytes * limits.ratio)
        done(new UnreadableFile(`it unpacks to more than ${limits.ratio} times its packed size`));
      else done(null, chunk);
    },
  });
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** By the first bytes, not by what the manifest says it is. */
function unpackerFor(head: Buffer): Transform | null {
  if (head.subarray(0, 2).equals(GZIP)) return createGunzip();
  if (head.subarray(0, 4).equals(ZSTD))
    throw new UnreadableFile('it is packed with zstd, which is not read');
  return null;
}

interface Headed {
  readonly head: Buffer;
  readonly rest: AsyncGenerator<Buffer>;
}

async function withHead(packed: Readable): Promise<Headed> {
  const chunks = (packed as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first = await chunks.next().catch((error: unknown) => {
    throw readable(error);
  });
  const head = first.done === true ? Buffer.alloc(0) : first.value;
  async function* rest(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      yield next.value;
  }
  return { head, rest: rest() };
}

/** A library's message may quote what it read. */
function readable(error: unknown): UnreadableFile {
  return error instanceof UnreadableFile ? error : new UnreadableFile('it is damaged or cut off');
}
