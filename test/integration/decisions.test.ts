import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DeploymentRun } from '../../src/client';
import { newDecisionId } from '../../src/client/deployment-id';
import type { Decision } from '../../src/domain/approval/decision';
import type { CanaryConfig } from '../../src/domain/rollout/strategy';
import { resolveTemporal } from '../../tools/temporal/resolve.mjs';
import { awaitStatus, isBaking } from '../support/await-status';
import { keepHistory } from '../support/keep-history';
import { DeployedShop } from '../support/deployed-shop';
import { SHORT_CANARY } from '../support/shop';
import { sharedTemporalAddress } from '../support/temporal-server';

const run = promisify(execFile);
const APPROVAL = {
  approvers: ['alice', 'bob'],
  quorum: 1,
  deadlineMs: 600_000,
  onDeadline: 'reject',
} as const;

/** Still rolls out when a slow machine has started a command line or two. */
const LASTING_CANARY: CanaryConfig = {
  kind: 'canary',
  steps: [{ weight: 10, bake: { leastMs: 120_000, longestMs: 240_000, minimumRequests: 20 } }],
};

let shop: DeployedShop;
let temporal: string;

beforeAll(async () => {
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  const found = await resolveTemporal({ log: () => undefined, env });
  if (found.kind !== 'binary') throw new Error('no binary');
  temporal = found.path;
  shop = await DeployedShop.start(sharedTemporalAddress());
});

afterAll(async () => {
  await shop.stop();
});

async function signal(payload: string, ...meta: string[]): Promise<void> {
  const workflow = ['--workflow-id', 'deploy/shop/production', '--name', 'decide'];
  const address = ['--address', sharedTemporalAddress()];
  await run(temporal, ['workflow', 'signal', ...workflow, '--input', payload, ...meta, ...address]);
}

function decision(deployment: DeploymentRun, change: Partial<Decision>): string {
  const issuedAt = Date.now();
  const whole: Decision = {
    v: 1,
    id: newDecisionId(issuedAt),
    deploymentId: deployment.deployment,
    kind: 'rollback',
    actor: 'mallory',
    reason: null,
    issuedAt,
    expiresAt: issuedAt + 600_000,
    ...change,
  };
  return JSON.stringify(whole);
}

test('signals that cannot be read or do not apply are recorded, and the deployment goes on unharmed', async () => {
  const deployment = await shop.deploy(2, { approval: APPROVAL });
  const at = { client: shop.host.client, run: deployment };
  const waiting = await awaitStatus(at, ({ waitingFor }) => waitingFor === 'approval');

  await signal('"not a decision"');
  await signal('{"v":1,"kind":"explode"}');
  await signal('"AAAA"', '--input-meta', 'encoding=x/y');
  await signal(
    decision(deployment, { deploymentId: 'shop-production-00000000000000000000000000' }),
  );
  await signal(
    decision(deployment, { kind: 'approve', actor: 'alice', planDigest: 'sha256:other' }),
  );
  await signal(
    decision(deployment, {
      kind: 'approve',
      actor: 'mallory',
      planDigest: waiting.planDigest ?? '',
    }),
  );
  await signal(decision(deployment, { expiresAt: Date.now() - 1_000 }));

  const seen = await awaitStatus(at, ({ decisions }) => decisions.length === 7);
  expect(seen.phase).toBe('authorize');
  expect(seen.decisions.map(({ effect }) => effect)).toEqual(Array(7).fill('refused'));
  expect(seen.decisions.filter(({ kind }) => kind === 'unreadable')).toHaveLength(3);

  const approved = await shop.host.client.decide(deployment, {
    kind: 'approve',
    actor: 'alice',
    reason: null,
    planDigest: waiting.planDigest ?? '',
  });
  expect(approved.record).toMatchObject({ effect: 'applied', verification: 'not-verified' });
  shop.startLoad();
  expect(await shop.follow(deployment, 'live')).toMatchObject({ phase: 'warm' });
  await keepHistory(sharedTemporalAddress(), deployment, '0.1-approved-after-junk-signals');
});

test('a second deployment while one rolls out is refused and says which one runs', async () => {
  const deployment = await shop.deploy(4, { strategy: LASTING_CANARY });
  await awaitStatus({ client: shop.host.client, run: deployment }, isBaking);
  await expect(shop.deploy(1)).rejects.toMatchObject({
    code: 'DEPLOYMENT_IN_PROGRESS',
    message: expect.stringContaining(deployment.deployment) as string,
  });
  const aborted = await shop.host.cli([
    'abort',
    'shop/production',
    '--as',
    'alice',
    '--output',
    'json',
  ]);
  expect(aborted.code).toBe(0);
  expect(await shop.follow(deployment, 'ended')).toMatchObject({
    outcome: 'cancelled',
    observed: { stable: 100, candidate: 0 },
  });
});

test('an aborted revision is not on hold; pause holds the dwell, resume and promote end it', async () => {
  const deployment = await shop.deploy(4, { strategy: SHORT_CANARY });
  const at = { client: shop.host.client, run: deployment };
  await awaitStatus(at, isBaking);
  await shop.host.client.decide(deployment, { kind: 'pause', actor: 'bob', reason: 'lunch' });
  const paused = await awaitStatus(at, ({ waitingFor }) => waitingFor === 'resume');
  expect(paused).toMatchObject({ ifNothing: 'rolled back', observed: { candidate: 10 } });
  await shop.host.client.decide(deployment, { kind: 'resume', actor: 'bob', reason: null });
  await awaitStatus(at, ({ waitingFor }) => waitingFor === null);
  await shop.host.client.decide(deployment, { kind: 'promote', actor: 'bob', reason: null });
  const promoted = await awaitStatus(at, ({ weights }) => weights?.candidate === 50);
  expect(promoted.steps.find(({ id }) => id.includes('bake-10'))).toMatchObject({
    result: 'promoted by a person',
  });
  await shop.follow(deployment, 'live');
  await keepHistory(sharedTemporalAddress(), deployment, '0.1-paused-resumed-promoted');
});

test('a decision after the end is refused with the way to see how it ended', async () => {
  const back = await shop.host.cli([
    'rollback',
    'shop/production',
    '--as',
    'bob',
    '--output',
    'json',
  ]);
  expect(back.code).toBe(0);
  const late = await shop.host.cli([
    'approve',
    'shop/production',
    '--as',
    'bob',
    '--output',
    'json',
  ]);
  expect(late.code).toBe(5);
  expect(late.stdout).toContain('DECISION_REFUSED');
});

test('the same request key attaches to the running deployment', async () => {
  const change = { approval: APPROVAL, requestKey: 'ci-run-17', run: freshRun() };
  const first = await shop.deploy(1, change);
  const second = await shop.host.client.start(shop.request(1, change));
  expect(second).toMatchObject({ attached: true, run: { deployment: first.deployment } });
  const rejected = await shop.host.cli(['reject', 'shop/production', '--as', 'bob']);
  expect(rejected.code).toBe(0);
  expect(await shop.follow(first, 'ended')).toMatchObject({
    outcome: 'rejected',
    firstTrafficAtMs: null,
  });
  await keepHistory(sharedTemporalAddress(), first, '0.1-rejected');
});

/** Another value in the environment is another revision of the same artifact. */
function freshRun(): ReturnType<DeployedShop['request']>['run'] {
  const { run: same } = shop.request(1);
  return { ...same, env: { FRESH: 'yes' } };
}
