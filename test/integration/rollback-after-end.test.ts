import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { revisionRecordName } from '../../src/domain/history/revision-record';
import { artifactFiles } from '../../src/domain/home-layout';
import { shortDigest } from '../../src/domain/revision';
import { openAdapters } from '../../src/workers/adapters';
import { HelloHost } from '../support/hello-host';
import { VERIFY_ON_AND_ON } from '../support/service-folder';
import { sharedTemporalAddress } from '../support/temporal-server';

let hello: HelloHost;
let v1: string;
let v2: string;
let v3: string;

beforeAll(async () => {
  hello = await HelloHost.start(sharedTemporalAddress());
  v1 = await hello.serve('v1');
  v2 = await hello.serve('v2');
  v3 = await hello.serve('v3');
});

afterAll(async () => {
  await hello.stop();
});

interface Listed {
  readonly default: string | null;
  readonly candidates: readonly {
    readonly revision: string;
    readonly serving: boolean;
    readonly store: string;
    readonly hold: object | null;
  }[];
}

async function listed(): Promise<Listed> {
  return (await hello.belayJson('rollback', '--list')) as Listed;
}

async function lift(revision: string): Promise<void> {
  const { code } = await hello.belay('hold', 'lift', hello.name, shortDigest(revision));
  expect(code).toBe(0);
}

/** The folder in which the store keeps what the revision runs. */
async function storedFiles(revision: string): Promise<string> {
  const { home } = hello.host;
  const { artifacts } = openAdapters(home);
  const [artifact] = await artifacts.artifactsWith(revisionRecordName(revision));
  return artifactFiles(home, artifact ?? '');
}

// Each test goes on from where the one before it left the service.

test('the last revision that served fully comes back, without checks and without an approval', async () => {
  const asked = '[{ name: production, approvalRequired: true, approvers: [ada] }]';
  hello.configure({ deploymentPipeline: `{ deployment: { environments: ${asked} } }` });
  const { code, stdout } = await hello.belay('rollback', '--as', 'alice', '--reason', 'too slow');
  expect(code).toBe(0);
  expect(stdout).toContain(`bringing back ${shortDigest(v2)} in place of ${shortDigest(v3)}`);
  expect(await hello.answer()).toBe('hello from v2');

  const run = await hello.ended();
  expect(await hello.belayJson('show', run.deployment)).toMatchObject({
    by: 'alice',
    reason: 'too slow',
    restores: { replaces: v3, undoes: expect.stringMatching(/^hello-.*-production-/) as string },
    closing: { outcome: 'succeeded', candidate: v2, stable: v3 },
  });
  const { candidates, default: next } = await listed();
  expect(next).toBe(v1);
  expect(
    candidates.map(({ revision, serving, hold }) => [revision, serving, hold !== null]),
  ).toEqual([
    [v2, true, false],
    [v3, false, true],
    [v1, false, false],
  ]);
});

test('the revision that is named comes back, and one on hold only when the hold is lifted', async () => {
  hello.configure();
  const held = await hello.belay('rollback', '--to', shortDigest(v3));
  expect(held.code).toBe(5);
  expect(held.stderr).toContain(`belay hold lift ${hello.name} ${shortDigest(v3)}`);
  expect(await hello.answer()).toBe('hello from v2');

  await lift(v3);
  // In any folder: without a belay.yaml of the service it goes like the deployment before it.
  const { host, name } = hello;
  const { code } = await host.cli(['rollback', name, '--to', shortDigest(v3).slice(0, 8)]);
  expect(code).toBe(0);
  expect(await hello.answer()).toBe('hello from v3');
  await hello.ended();
  await lift(v2);
});

test('what serves already leaves nothing to do', async () => {
  const { code, stdout } = await hello.belay('rollback', '--to', shortDigest(v3));
  expect(code).toBe(0);
  expect(stdout).toContain(`serves ${hello.name} already`);
});

test('while a deployment runs, that one goes back first and the named revision follows', async () => {
  hello.configure({ verify: VERIFY_ON_AND_ON });
  hello.build('v4');
  const running = (await hello.belay('deploy', '--detach')).stdout.trim();
  await hello.untilAnswer('hello from v4');
  hello.configure();
  const { code } = await hello.belay('rollback', '--to', shortDigest(v2));
  expect(code).toBe(0);
  expect(await hello.answer()).toBe('hello from v2');
  await hello.ended();
  expect(await hello.belayJson('show', running)).toMatchObject({
    closing: { outcome: 'rolled-back', stable: v3 },
  });
  await lift(v3);
  expect((await hello.belay('rollback', '--to', shortDigest(v3))).code).toBe(0);
  await hello.ended();
  await lift(v2);
});

test('a revision that was pruned is refused with what is left, and is never the default', async () => {
  rmSync(dirname(await storedFiles(v2)), { recursive: true });
  const { code, stderr } = await hello.belay('rollback', '--to', shortDigest(v2));
  expect(code).toBe(5);
  expect(stderr).toContain(`what is left is ${shortDigest(v1)}`);
  const { candidates, default: next } = await listed();
  expect(candidates.map(({ store }) => store)).toEqual(['kept', 'pruned', 'kept']);
  expect(next).toBe(v1);
});

test('wrong bytes stop it before any effect', async () => {
  const server = `${await storedFiles(v1)}/server.js`;
  chmodSync(server, 0o644);
  writeFileSync(server, 'process.exit(1)');
  chmodSync(server, 0o444);
  const { code, stderr } = await hello.belay('rollback');
  expect(code).toBe(5);
  expect(stderr).toContain('is not what was stored');
  expect(await hello.answer()).toBe('hello from v3');
});
