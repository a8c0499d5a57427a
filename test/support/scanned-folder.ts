import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DeploymentFacts } from '../../src/domain/checks/facts';
import type { FileKind } from '../../src/domain/checks/inventory';
import type { CheckContext, CheckSubject } from '../../src/ports/check-subject';
import { FACTS, POLICY } from './check-tools';

export interface ScannedFile {
  readonly kind: FileKind;
  readonly content: string | Uint8Array;
}

/** A folder with these files, and the inventory that says what each is. */
export interface ScannedFolder {
  readonly root: string;
  subject(facts?: Partial<DeploymentFacts>): CheckSubject;
  remove(): Promise<void>;
}

export async function scannedFolder(
  files: Readonly<Record<string, ScannedFile>>,
): Promise<ScannedFolder> {
  const root = await mkdtemp(join(tmpdir(), 'belay-scanned-'));
  for (const [path, { content }] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return {
    root,
    subject: (facts = {}) => subjectOf(root, files, facts),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

export function patient(signal: AbortSignal = new AbortController().signal): CheckContext {
  return { signal, progress: () => undefined };
}

function subjectOf(
  root: string,
  files: Readonly<Record<string, ScannedFile>>,
  facts: Partial<DeploymentFacts>,
): CheckSubject {
  const listed = Object.entries(files).map(([path, { kind, content }]) => ({
    path,
    kind,
    bytes: content.length,
    sha256: '0'.repeat(64),
    executable: false,
  }));
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
    policy: POLICY,
    facts: { ...FACTS, ...facts },
  };
}
