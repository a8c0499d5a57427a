import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileKind, InventoryFile } from '../../../src/domain/checks/inventory';
import type { CheckSubject } from '../../../src/ports/check-subject';

export type Files = Readonly<Record<string, string | Buffer>>;

/** Writes the files below `root`, and answers the subject that they are. */
export async function writeSubject(
  root: string,
  files: Files,
  env: Readonly<Record<string, string>> = {},
): Promise<CheckSubject> {
  const listed: InventoryFile[] = [];
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
    listed.push(inventoryFile(path, Buffer.from(content)));
  }
  return {
    root,
    inventory: {
      digest: `sha256:${'0'.repeat(64)}`,
      files: listed,
      links: [],
      unlisted: [],
      leftOut: [],
    },
    artifact: null,
    policy: {} as CheckSubject['policy'],
    facts: { env } as CheckSubject['facts'],
  };
}

function inventoryFile(path: string, content: Buffer): InventoryFile {
  return {
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    executable: false,
    kind: kindOf(path, content),
  };
}

function kindOf(path: string, content: Buffer): FileKind {
  if (path.endsWith('.js')) return 'javascript';
  if (path.endsWith('.zip')) return 'archive';
  const isWide = content[0] === 0xff || content[0] === 0xfe;
  return content.includes(0) && !isWide ? 'binary' : 'text';
}
