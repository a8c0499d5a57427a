import { deploymentClient } from '../../../src/client/deployment-client';
import { DECISION_KINDS } from '../../../src/domain/approval/decision';
import { FakeRuns } from './fake-runs';
import { aRecord, aRun, DEPLOYMENT, PLAN, REF } from './samples';

async function running(): Promise<{ runs: FakeRuns; client: ReturnType<typeof deploymentClient> }> {
  const runs = new FakeRuns();
  runs.runs.push(aRun());
  return { runs, client: deploymentClient(runs) };
}

describe('deciding', () => {
  test('the envelope names deployment, plan, actor and reason, and every decision has its own id', async () => {
    const { runs, client } = await running();
    const run = await client.find(REF);
    const order = {
      kind: 'approve',
      actor: 'alice',
      reason: 'looks good',
      planDigest: PLAN,
    } as const;
    await client.decide(run, order);
    await client.decide(run, order);
    expect(runs.signals[0]).toMatchObject({ v: 1, deploymentId: DEPLOYMENT, ...order });
    expect(new Set(runs.signals.map(({ id }) => id)).size).toBe(2);
  });

  test('what became of it is told', async () => {
    const { runs, client } = await running();
    runs.record = aRecord({ kind: 'pause' });
    const order = { kind: 'pause', actor: 'alice', reason: null } as const;
    const receipt = await client.decide(await client.find(REF), order);
    expect(receipt.record).toBe(runs.record);
  });

  test('without a worker it is recorded all the same', async () => {
    const { runs, client } = await running();
    const order = { kind: 'rollback', actor: 'alice', reason: null } as const;
    const receipt = await client.decide(await client.find(REF), order);
    expect(receipt.record).toBeNull();
    expect(runs.signals).toHaveLength(1);
  });

  test('after the end it is refused', async () => {
    const { runs, client } = await running();
    const run = await client.find(REF);
    runs.end('completed');
    const order = { kind: 'approve', actor: 'alice', reason: null } as const;
    await expect(client.decide(run, order)).rejects.toMatchObject({ code: 'DECISION_REFUSED' });
  });

  test.each(DECISION_KINDS)('%s expires some time after it was issued', async (kind) => {
    const { runs, client } = await running();
    await client.decide(await client.find(REF), { kind, actor: 'alice', reason: null });
    const [sent] = runs.signals;
    expect(sent!.expiresAt).toBeGreaterThan(sent!.issuedAt);
  });
});
