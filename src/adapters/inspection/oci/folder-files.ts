import { constants, createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { ImageFiles } from './image-files';

/** A layout in a folder: only what the inventory lists is opened, so nothing behind a link is. */
export function folderFiles(
  folder: string,
  listed: readonly { readonly name: string; readonly bytes: number }[],
): ImageFiles {
  const sizes = new Map(listed.map(({ name, bytes }) => [name, bytes]));
  return {
    size: (name) => sizes.get(name) ?? null,
    open: (name) =>
      createReadStream(join(folder, name), {
        // A link that took the place of a file since then is not followed. Node takes the numbers, its types do not.
        flags: (constants.O_RDONLY | constants.O_NOFOLLOW) as unknown as string,
      }),
  };
}
