import { dirname } from 'node:path/posix';
import { templateResources } from '../cloudformation/template-resources';
import { taskDefinitionResource } from '../task-definition/task-definition-resource';
import { parseTerraform } from '../terraform/parse-terraform';
import { scopeOf } from '../terraform/resolve-terraform';
import { terraformResources, type TerraformFile } from '../terraform/terraform-resources';
import type { InfrastructureResource } from './infrastructure-resource';
import { reasonOf } from './unreadable-file';

export interface InfrastructureText {
  readonly path: string;
  readonly kind: 'terraform' | 'cloudformation' | 'task-definition';
  readonly text: string;
}

export interface InfrastructureRead {
  /** Resources that are declared together: one folder of Terraform, one template, one task definition. */
  readonly groups: readonly (readonly InfrastructureResource[])[];
  readonly read: readonly string[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
}

/** Reads what files declare, each on its own: one that cannot be read is named, and the others are read. */
export async function readInfrastructure(
  files: readonly InfrastructureText[],
  progress: (done: number, total: number, path: string) => void = () => undefined,
): Promise<InfrastructureRead> {
  const groups: (readonly InfrastructureResource[])[] = [];
  const unread: { path: string; reason: string }[] = [];
  const folders = new Map<string, TerraformFile[]>();
  for (const [done, { path, kind, text }] of files.entries()) {
    progress(done, files.length, path);
    try {
      if (kind === 'terraform') {
        const file = { path, text, parsed: await parseTerraform(path, text) };
        folders.set(dirname(path), [...(folders.get(dirname(path)) ?? []), file]);
      } else if (kind === 'cloudformation') groups.push(templateResources(path, text));
      else groups.push([taskDefinitionResource(path, text)]);
    } catch (error) {
      unread.push({ path, reason: reasonOf(error) });
    }
  }
  for (const folder of folders.values()) {
    const scope = scopeOf(folder.map(({ parsed }) => parsed));
    const group: InfrastructureResource[] = [];
    for (const file of folder) {
      progress(files.length, files.length, file.path);
      try {
        group.push(...(await terraformResources(file, scope)));
      } catch (error) {
        unread.push({ path: file.path, reason: reasonOf(error) });
      }
    }
    groups.push(group);
  }
  const failed = new Set(unread.map(({ path }) => path));
  const read = files.map(({ path }) => path).filter((path) => !failed.has(path));
  return { groups, read, unread };
}
