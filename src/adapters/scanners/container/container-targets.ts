import type { CheckSubject } from '../../../ports/check-subject';
import type { ContainerOrder, ImageLayout, ReferringFile } from './container-order';
import { isComposeFile } from './references/image-references';

type Targets = Pick<ContainerOrder, 'dockerfiles' | 'layouts' | 'archives' | 'references'>;

/** What of the inventory is about containers. Blobs of a layout belong to it, whatever they look like. */
export function containerTargets({ inventory }: Pick<CheckSubject, 'inventory'>): Targets {
  const layouts = layoutsOf(inventory.files);
  const inLayout = (path: string): boolean =>
    layouts.some(({ folder }) => path.startsWith(within(folder, 'blobs/')));
  const files = inventory.files.filter(({ path }) => !inLayout(path));
  return {
    dockerfiles: files.filter(({ kind }) => kind === 'dockerfile').map(({ path }) => path),
    layouts,
    archives: files.filter(({ kind }) => kind === 'archive').map(({ path }) => path),
    references: files.flatMap(({ path, kind }): readonly ReferringFile[] => {
      if (kind === 'terraform' || kind === 'cloudformation' || kind === 'task-definition')
        return [{ path, kind }];
      return kind === 'yaml' && isComposeFile(path) ? [{ path, kind: 'compose' }] : [];
    }),
  };
}

function layoutsOf(files: CheckSubject['inventory']['files']): readonly ImageLayout[] {
  const folders = files
    .filter(({ kind, path }) => kind === 'oci-layout' || /(?:^|\/)oci-layout$/.test(path))
    .map(({ path }) => path.slice(0, -'oci-layout'.length).replace(/\/$/, ''));
  return folders.map((folder) => ({
    folder,
    files: files
      .filter(({ path }) => path.startsWith(within(folder, '')))
      .map(({ path, bytes }) => ({ name: path.slice(within(folder, '').length), bytes }))
      .filter(({ name }) => name === 'index.json' || name.startsWith('blobs/')),
  }));
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
