import { recallRevision } from '../../../src/activities/recall-revision';
import type { VerificationSummary } from '../../../src/domain/checks/check-summary';
import { NO_FINDINGS } from '../../../src/domain/checks/severity';
import { revisionOf } from '../../../src/activities/checks/store-artifact';
import { createMemoryArtifactStore } from '../../../src/adapters/artifacts/memory-artifact-store';
import type { RevisionSource } from '../../../src/domain/deployment';
import {
  revisionRecordName,
  type RevisionRecord,
} from '../../../src/domain/history/revision-record';
import type { Revision } from '../../../src/domain/revision';
import { aRequest } from '../../support/requests';

const VERIFIED: VerificationSummary = {
  passed: true,
  score: 100,
  counts: NO_FINDINGS,
  gates: [],
  blockers: [],
  reasons: [],
  worst: [],
  recommendations: [],
  notices: [],
  measurements: {},
  report: { name: 'verification.json', sha256: '' },
};

const { signal } = new AbortController();
const store = createMemoryArtifactStore(() => ({ 'server.js': 'hello' }));

async function pack(change: Partial<RevisionRecord> = {}): Promise<RevisionSource> {
  const { digest } = await store.put({ kind: 'files', path: '/', commit: null }, signal);
  const { run } = aRequest();
  const revision = revisionOf(digest, run, 'c0ffee');
  await store.attach(digest, revisionRecordName(revision.digest), recordOf(revision, change));
  return { kind: 'revision', revision: revision.digest, artifact: digest, commit: null };
}

function recordOf(revision: Revision, change: Partial<RevisionRecord>): RevisionRecord {
  return {
    schemaVersion: 1,
    revision,
    verification: VERIFIED,
    deploymentId: 'shop-production-1',
    packagedAt: '2026-11-23T10:00:00.000Z',
    ...change,
  };
}

describe('a revision from the store', () => {
  it('is exactly what was packed, with its commit, and its checks need not run again', async () => {
    const source = await pack();
    const recalled = await recallRevision(store, source, signal);
    expect(recalled).toMatchObject({
      stored: { digest: source.artifact, files: 1, bytes: 5 },
      revision: { digest: source.revision, command: ['node', 'server.js'], commit: 'c0ffee' },
      verified: true,
    });
  });

  it('is not verified where what it was packed with had not passed', async () => {
    const source = await pack({ verification: { ...VERIFIED, passed: false } });
    expect((await recallRevision(store, source, signal)).verified).toBe(false);
  });

  it('is verified where its record is of before verdicts were kept: nothing old blocks a way back', async () => {
    const source = await pack({ verification: null });
    expect((await recallRevision(store, source, signal)).verified).toBe(true);
  });

  it('that was pruned is refused with the way to what is left', async () => {
    const source = { ...(await pack()), artifact: `sha256:${'0'.repeat(64)}` };
    await expect(recallRevision(store, source, signal)).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
      next: expect.stringContaining('belay rollback --list') as string,
    });
  });

  it.each([
    ['another command', (revision: Revision) => ({ ...revision, command: ['sh'] })],
    [
      'another digest',
      (revision: Revision) => ({ ...revision, digest: `sha256:${'1'.repeat(64)}` }),
    ],
    ['no revision at all', () => null],
  ])('with %s in its record is refused', async (_what, change) => {
    const source = await pack();
    const revision = change(revisionOf(source.artifact, aRequest().run, null));
    const name = revisionRecordName(source.revision);
    await store.attach(source.artifact, name, { ...recordOf(revision as Revision, {}) });
    await expect(recallRevision(store, source, signal)).rejects.toMatchObject({
      code: 'ARTIFACT_CHANGED',
    });
  });
});
