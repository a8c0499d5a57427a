import { createFileLedger } from '../../src/adapters/ledger/file-ledger';
import type { RollbackAnalysis } from '../../src/domain/rollback/rollback-analysis';
import type { StrategyConfig } from '../../src/domain/rollout/strategy';
import type { DeploymentStatus } from '../../src/domain/status';
import { awaitStatus, isBaking } from '../support/await-status';
import { keepHistory } from '../support/keep-history';
import { DeployedShop } from '../support/deployed-shop';
import { sharedTemporalAddress } from '../support/temporal-server';

const BATCH = { leastMs: 1_500, longestMs: 20_000, minimumRequests: 0 };
const QUARTER = { unit: 'percent', percent: 25 } as const;
const ROLLING: StrategyConfig = {
  kind: 'rolling',
  maxSurge: QUARTER,
  maxUnavailable: QUARTER,
  bake: BATCH,
};
const RECREATE: StrategyConfig = { kind: 'recreate', mostWaitMs: 20_000, overlap: 'none' };

let shop: DeployedShop;

beforeAll(async () => {
  shop = await DeployedShop.start(sharedTemporalAddress());
});

afterAll(async () => {
  await shop.stop();
});

async function deployed(
  revision: number,
  strategy: StrategyConfig,
  instances: number,
): Promise<DeploymentStatus> {
  const change = { strategy, instances, rollbackWindowMs: 0, criteria: [] };
  const run = await shop.deploy(revision, change);
  const status = await shop.follow(run, 'ended');
  await keepHistory(sharedTemporalAddress(), run, `0.1-${strategy.kind}`);
  return status;
}

/** What the ledger keeps of the way back. */
async function analysisOf({ deployment }: DeploymentStatus): Promise<RollbackAnalysis | null> {
  const record = await createFileLedger({ home: shop.host.home }).find(deployment);
  return record?.closing?.rollback ?? null;
}

test('rolling, forward from two instances to four, loses no request', async () => {
  shop.startLoad();
  const status = await deployed(2, ROLLING, 4);
  const load = await shop.stopLoad();
  expect(status).toMatchObject({ outcome: 'succeeded', strategy: 'rolling' });
  const shares = status.steps
    .filter(({ kind }) => kind === 'shift')
    .map(({ candidateWeight }) => candidateWeight);
  expect(shares.length).toBeGreaterThan(1);
  expect(shares.at(-1)).toBe(100);
  expect(load).toMatchObject({ failedByRouter: 0 });
});

test('rolling, taken back by a person in the second batch, loses no request', async () => {
  shop.startLoad();
  const change = { strategy: ROLLING, instances: 4, criteria: [] };
  const run = await shop.deploy(4, change);
  const at = { client: shop.host.client, run };
  await awaitStatus(at, (status) => isBaking(status) && (status.weights?.candidate ?? 0) > 40);
  await shop.host.client.decide(run, { kind: 'rollback', actor: 'ann', reason: 'a test' });
  const status = await shop.follow(run, 'ended');
  const load = await shop.stopLoad();
  await keepHistory(sharedTemporalAddress(), run, '0.1-rolling-reversed');
  expect(status).toMatchObject({ outcome: 'rolled-back', leftBehind: [] });
  expect(status.safeAtMs).not.toBeNull();
  expect(await analysisOf(status)).toMatchObject({
    trigger: 'decision',
    by: 'ann',
    validation: { verdict: 'well' },
    hold: status.revision,
  });
  expect(load).toMatchObject({ failedByRouter: 0 });
});

test('recreate: requests wait while old stops and new starts, and none is lost', async () => {
  shop.startLoad();
  const status = await deployed(1, RECREATE, 2);
  const load = await shop.stopLoad();
  expect(status).toMatchObject({ outcome: 'succeeded', strategy: 'recreate' });
  const release = status.steps.find(({ kind }) => kind === 'releaseRequests');
  expect(release?.result).toContain('waited');
  expect(load).toMatchObject({ failedByRouter: 0 });
});

test('recreate has a rollback: in warm, the same gap the other way round', async () => {
  shop.startLoad();
  const run = await shop.deploy(2, { strategy: RECREATE, criteria: [], rollbackWindowMs: 60_000 });
  await shop.follow(run, 'live');
  await shop.host.client.decide(run, { kind: 'rollback', actor: 'ann', reason: 'a test' });
  const status = await shop.follow(run, 'ended');
  const load = await shop.stopLoad();
  await keepHistory(sharedTemporalAddress(), run, '0.1-recreate-reversed');
  expect(status).toMatchObject({ outcome: 'rolled-back', leftBehind: [] });
  expect(load).toMatchObject({ failedByRouter: 0 });
});
