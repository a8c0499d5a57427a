import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { revisionOf } from '../../../src/activities/checks/store-artifact';
import {
  revisionRecordName,
  type RevisionRecord,
} from '../../../src/domain/history/revision-record';
import type { Digest, Revision } from '../../../src/domain/revision';
import { served } from '../domain/history/samples';
import { REF } from '../client/samples';
import type { FakeCli } from './fake-cli';

const RUN = {
  command: ['node', 'server.js'],
  env: { COLOUR: 'blue' },
  secrets: [],
  health: { path: '/ready', intervalMs: 1_000, timeoutMs: 500, healthyAfter: 1, unhealthyAfter: 2 },
  stopGraceMs: 7_000,
  startWithinMs: 1,
  drainMs: 1,
};

/** The service's belay.yaml in the folder of the CLI: these lines, and all else that a deployment needs. */
export function writeConfig(
  cli: FakeCli,
  lines: readonly string[],
  environment = 'production',
): void {
  const needed = [
    'artifact: ./build',
    'run: [node, another.js]',
    'listen: 8080',
    'health: { path: /health }',
    'drain: 3',
    `deploymentPipeline: { deployment: { environments: [{ name: ${environment}, instances: 3 }] } }`,
  ];
  writeFileSync(join(cli.home, 'belay.yaml'), `${[...lines, ...needed].join('\n')}\n`);
}

/** A deployment has brought this folder to everybody at this minute: it is in ledger and store, and stable now. */
export async function serve(cli: FakeCli, folder: string, minute: number): Promise<Revision> {
  const source = { kind: 'files', path: folder, commit: null } as const;
  const { digest } = await cli.artifacts.put(source, new AbortController().signal);
  const revision = revisionOf(digest, RUN, `commit-of-${folder}`);
  await cli.artifacts.attach(digest, revisionRecordName(revision.digest), recordOf(revision));
  const record = served('a', minute, { candidate: revision.digest });
  const deploymentId = deploymentAt(minute);
  await cli.ledger.open({ ...record, deploymentId });
  await cli.ledger.close(deploymentId, record.closing!);
  const sinceMs = record.closing!.liveAtMs!;
  await cli.records.setStable(REF, { revision, deploymentId, sinceMs, instances: 2 });
  return revision;
}

export function deploymentAt(minute: number): string {
  return `shop-production-01KAR1X00000000000000000${String(minute).padStart(2, '0')}`;
}

export async function hold(cli: FakeCli, revision: Digest): Promise<void> {
  const one = { revision, deploymentId: deploymentAt(1), atMs: 0, by: 'alice', reason: 'slow' };
  await cli.records.hold(REF, one);
}

function recordOf(revision: Revision): RevisionRecord {
  return {
    schemaVersion: 1,
    revision,
    verification: null,
    deploymentId: 'x',
    packagedAt: '2026-11-23T10:00:00.000Z',
  };
}
