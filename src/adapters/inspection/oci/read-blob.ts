import { createHash, type Hash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { UnreadableFile } from '../infrastructure/unreadable-file';
import { assertShallow } from '../infrastructure/nesting';
import { blobPath, type Descriptor } from './descriptor';
import type { ImageFiles } from './image-files';

/** Indexes, manifests and configurations are small. */
const MOST_DOCUMENT_BYTES = 4_000_000;

/**
 * The bytes of a blob on their way, counted and hashed. After the last one the digest is compared; an error ends the
 * stream where they are not what they are called.
 * @throws UnreadableFile where the blob is missing or has another size
 */
export function openBlob(files: ImageFiles, descriptor: Descriptor): Readable {
  const name = blobPath(descriptor);
  const size = files.size(name);
  if (size === null) throw new UnreadableFile('the blob is missing');
  if (size !== descriptor.size)
    throw new UnreadableFile('the blob does not have the size it is said to have');
  const source = files.open(name);
  const verified = verifying(descriptor);
  source.once('error', (error) => verified.destroy(error));
  verified.once('close', () => source.destroy());
  return source.pipe(verified);
}

function verifying({ digest }: Descriptor): Transform {
  const [algorithm = '', expected = ''] = digest.split(':');
  const hash: Hash = createHash(algorithm);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(
        hash.digest('hex') === expected
          ? null
          : new UnreadableFile('the blob is not what its digest says'),
      );
    },
  });
}

/** A JSON document of the image, of which at most 4 MB are read. */
export async function readDocument(files: ImageFiles, descriptor: Descriptor): Promise<unknown> {
  if (descriptor.size > MOST_DOCUMENT_BYTES) throw tooLarge();
  return parseDocument(await collect(openBlob(files, descriptor)));
}

/** `index.json`, which has no digest. */
export async function readIndex(files: ImageFiles): Promise<unknown> {
  const size = files.size('index.json');
  if (size === null) throw new UnreadableFile('it has no index.json');
  if (size > MOST_DOCUMENT_BYTES) throw tooLarge();
  return parseDocument(await collect(files.open('index.json')));
}

function tooLarge(): UnreadableFile {
  return new UnreadableFile(`a document of the image is larger than ${MOST_DOCUMENT_BYTES} bytes`);
}

async function collect(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseDocument(text: string): unknown {
  assertShallow(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UnreadableFile('a document of the image is not JSON');
  }
}
