import { UnreadableFile } from '../infrastructure/unreadable-file';
import { isProperties } from '../infrastructure/values';

/** How a document of an image refers to another one, or to a layer. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

/** Nothing else may become the name of a file. */
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** @throws UnreadableFile where it is none, or its digest is not one */
export function descriptorOf(value: unknown): Descriptor {
  if (!isProperties(value))
    throw new UnreadableFile('it refers to something without a description');
  const { mediaType, digest, size } = value;
  if (typeof digest !== 'string' || !DIGEST.test(digest))
    throw new UnreadableFile('it refers to a blob by something that is no digest');
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw new UnreadableFile('it refers to a blob without a size');
  return { mediaType: typeof mediaType === 'string' ? mediaType : '', digest, size };
}

/** Where the blob lies in a layout. Only for digests that were looked at. */
export function blobPath({ digest }: Descriptor): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** `layer sha256:0123456789ab`: enough to find it by. */
export function shortName({ digest }: Descriptor): string {
  return digest.slice(0, digest.indexOf(':') + 13);
}
