import { constants as fileConstants } from 'node:fs';
import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';

/** So few that even a bomb in them is small. */
const HEAD_BYTES = 4_096;
const MOST_UNPACKED_BYTES = 8_000_000;

/** How the first member of an image is called: in an OCI layout, and in what docker save writes. */
const FIRST_MEMBER =
  /^(?:\.\/)?(?:blobs(?:\/|$)|oci-layout$|index\.json$|manifest\.json$|[0-9a-f]{64}(?:\/|\.json$))/;

/** Whether this is a tar file, packed with gzip, that begins as images do. */
export async function isPackedImage(path: string): Promise<boolean> {
  const file = await open(path, fileConstants.O_RDONLY | fileConstants.O_NOFOLLOW);
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return beginsAsImage(unpackedHead(head.subarray(0, bytesRead)));
  } finally {
    await file.close();
  }
}

function beginsAsImage(tar: Buffer | null): boolean {
  if (tar === null) return false;
  const first = nameAt(tar, 0);
  return FIRST_MEMBER.test((first === './' ? nameAt(tar, BLOCK) : first) ?? '');
}

const BLOCK = 512;

/** Null where no header stands there. */
function nameAt(tar: Buffer, at: number): string | null {
  if (tar.toString('latin1', at + 257, at + 262) !== 'ustar') return null;
  return tar.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
}

function unpackedHead(head: Buffer): Buffer | null {
  try {
    return gunzipSync(head, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MOST_UNPACKED_BYTES,
    });
  } catch {
    return null;
  }
}
