import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { ActivityDependencies } from '../../../src/activities';
import { revisionOf } from '../../../src/activities/checks/store-artifact';
import { createComparisonActivities } from '../../../src/activities/compare-revisions';
import { createMemoryArtifactStore } from '../../../src/adapters/artifacts/memory-artifact-store';
import type { Revision } from '../../../src/domain/revision';
import { aRequest } from '../../support/requests';

const SILENT = new DefaultLogger('ERROR', () => undefined);
const artifacts = createMemoryArtifactStore((path) => ({ 'server.js': path }));

function compare(from: Revision, to: Revision): Promise<unknown> {
  const { compareRevisions } = createComparisonActivities({ artifacts } as ActivityDependencies);
  return new MockActivityEnvironment({}, { logger: SILENT }).run(compareRevisions, { from, to });
}

async function revisionAt(path: string): Promise<Revision> {
  const source = { kind: 'files', path, commit: null } as const;
  const { digest } = await artifacts.put(source, new AbortController().signal);
  return revisionOf(digest, aRequest().run, null);
}

describe('comparing two revisions', () => {
  it('says which files the newer one changed', async () => {
    const difference = await compare(await revisionAt('old'), await revisionAt('new'));
    expect(difference).toMatchObject({ files: { changed: 1, named: ['server.js'] }, run: [] });
  });

  it('answers nothing where one of them was pruned', async () => {
    const pruned = { ...(await revisionAt('old')), artifact: `sha256:${'0'.repeat(64)}` };
    expect(await compare(pruned, await revisionAt('new'))).toBeNull();
  });
});
