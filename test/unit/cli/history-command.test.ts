import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerRecord } from '../../../src/domain/ledger-record';
import { FakeCli } from './fake-cli';
import { RESTORED, ROLLED_BACK } from './ledger-samples';

let cli: FakeCli;

beforeEach(async () => {
  cli = new FakeCli();
  cli.away = new Error('the ledger needs no Temporal');
  writeFileSync(join(cli.home, 'belay.yaml'), 'service: shop\n');
  await keep(ROLLED_BACK);
  await keep(RESTORED);
});
afterEach(() => {
  cli.remove();
});

async function keep(record: LedgerRecord): Promise<void> {
  await cli.ledger.open(record);
  await cli.ledger.close(record.deploymentId, record.closing!);
}

describe('belay history', () => {
  test("lists this folder's service in all environments, newest first, without Temporal", async () => {
    await keep({ ...ROLLED_BACK, deploymentId: 'shop-staging-1', environment: 'staging' });
    const { stdout, code } = await cli.run('history');
    expect(code).toBe(0);
    const outcomes = stdout.match(/succeeded|rolled-back/g);
    expect(outcomes).toEqual(['succeeded', 'rolled-back', 'rolled-back']);
  });

  test('lists one environment, since a moment, and no more than asked for', async () => {
    const deployments = async (...argv: string[]): Promise<readonly unknown[]> => {
      const { stdout } = await cli.run('history', 'shop/production', ...argv, '--output', 'json');
      return (JSON.parse(stdout) as { deployments: unknown[] }).deployments;
    };
    expect(await deployments()).toHaveLength(2);
    expect(await deployments('--since', '2026-11-23T10:05')).toHaveLength(1);
    expect(await deployments('--limit', '1')).toMatchObject([{ outcome: 'succeeded' }]);
  });

  test('2: a moment that is none, and a deployment in place of a service', async () => {
    expect((await cli.run('history', '--since', 'yesterday')).code).toBe(2);
    const { code, stderr } = await cli.run('history', ROLLED_BACK.deploymentId);
    expect(code).toBe(2);
    expect(stderr).toContain('belay show');
  });
});

describe('belay show', () => {
  test('shows a deployment by its id, and the newest of a service', async () => {
    expect((await cli.run('show', ROLLED_BACK.deploymentId)).stdout).toContain('ROLLED-BACK');
    expect((await cli.run('show', 'shop/production')).stdout).toContain('SUCCEEDED');
    expect((await cli.run('show')).stdout).toContain('SUCCEEDED');
  });

  test('5: what the ledger does not know, with the way to rebuild it', async () => {
    const { code, stderr } = await cli.run('show', 'shop-production-01KAR1X0000000000000000009');
    expect(code).toBe(5);
    expect(stderr).toContain('--reconcile');
  });
});
