import { join } from 'node:path';
import type { SkippedTarget } from '../../../../domain/checks/scan-report';
import { reasonOf } from '../../../inspection/infrastructure/unreadable-file';
import { isPackedImage } from '../../../inspection/oci/packed-image';
import { archiveFiles, archiveMembers } from '../../../inspection/oci/archive-files';
import { folderFiles } from '../../../inspection/oci/folder-files';
import type { ImageFiles } from '../../../inspection/oci/image-files';
import type { ContainerOrder } from '../container-order';

export interface FoundImages {
  readonly images: readonly { readonly path: string; readonly files: ImageFiles }[];
  readonly skipped: readonly SkippedTarget[];
}

/** Packages of a registry come by the hundred. */
const MOST_NOTES = 100;

/** The image layouts of the tree: in folders, and in tar files. */
export async function imagesIn({ root, layouts, archives }: ContainerOrder): Promise<FoundImages> {
  const images = layouts.map(({ folder, files }) => ({
    path: folder === '' ? 'oci-layout' : folder,
    files: folderFiles(join(root, folder), files),
  }));
  const skipped: SkippedTarget[] = [];
  for (const path of archives) {
    const skip = (reason: string, allowed: boolean): void => {
      skipped.push({ target: path, reason, allowed });
    };
    try {
      const members = await archiveMembers(join(root, path));
      if (members?.has('oci-layout') === true)
        images.push({ path, files: archiveFiles(join(root, path), members) });
      else if (members?.has('manifest.json') === true && members.has('repositories'))
        skip('it is an image in the old format of docker save, which is not read', false);
      else if (await isPackedImage(join(root, path)))
        skip('it is an image in a packed tar file, which is not read: unpack it', false);
      else if (skipped.length < MOST_NOTES) skip('it is no container image', true);
    } catch (error) {
      skip(reasonOf(error), false);
    }
  }
  return { images, skipped };
}
