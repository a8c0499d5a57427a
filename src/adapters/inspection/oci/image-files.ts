import type { Readable } from 'node:stream';

/** The files of an OCI layout, in a folder or in a tar file. Names are relative to the layout. */
export interface ImageFiles {
  /** Bytes; null where there is no such file. */
  size(name: string): number | null;
  /** Only for names that have a size. */
  open(name: string): Readable;
}
