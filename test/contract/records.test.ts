import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFileArtifactStore } from '../../src/adapters/artifacts/file-artifact-store';
import {
  createMemoryArtifactStore,
  type MemoryFolder,
} from '../../src/adapters/artifacts/memory-artifact-store';
import { createFileEvidenceRecord } from '../../src/adapters/evidence/file-evidence-record';
import { createMemoryEvidenceRecord } from '../../src/adapters/evidence/memory-evidence-record';
import { createFileLedger } from '../../src/adapters/ledger/file-ledger';
import { createMemoryLedger } from '../../src/adapters/ledger/memory-ledger';
import { createFileEnvironmentRecord } from '../../src/adapters/records/file-environment-record';
import { createMemoryEnvironmentRecord } from '../../src/adapters/records/memory-environment-record';
import { describeArtifactStore } from './artifact-store.contract';
import { describeEnvironmentRecord } from './environment-record.contract';
import { describeEvidenceRecord } from './evidence-record.contract';
import { describeLedger } from './ledger.contract';

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'belay-records-'));
  folders.push(folder);
  return folder;
}

describeEvidenceRecord('in files', async () => {
  const home = await newFolder();
  const reopen = () => createFileEvidenceRecord({ home });
  return { record: reopen(), reopen };
});

describeEvidenceRecord('in memory', async () => {
  const record = createMemoryEvidenceRecord();
  return { record, reopen: () => record };
});

describeEnvironmentRecord('in files', async () => {
  const home = await newFolder();
  const reopen = () => createFileEnvironmentRecord({ home });
  return { record: reopen(), reopen };
});

describeEnvironmentRecord('in memory', async () => {
  const record = createMemoryEnvironmentRecord();
  return { record, reopen: () => record };
});

describeLedger('in files', async () => createFileLedger({ home: await newFolder() }));

describeLedger('in memory', async () => createMemoryLedger());

describeArtifactStore('in files', async () => {
  const home = await newFolder();
  return {
    store: createFileArtifactStore({ home }),
    missing: `${home}/nowhere`,
    folder: async (files) => {
      const path = await newFolder();
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(path, name)), { recursive: true });
        await writeFile(join(path, name), text);
      }
      return path;
    },
  };
});

describeArtifactStore('in memory', async () => {
  const sources = new Map<string, MemoryFolder>();
  return {
    store: createMemoryArtifactStore((path) => sources.get(path)),
    missing: '/nowhere',
    folder: async (files) => {
      const path = `/source-${sources.size}`;
      sources.set(path, files);
      return path;
    },
  };
});
