import { BelayError } from '../../src/domain/errors';
import type { LedgerClosing, LedgerOpening } from '../../src/domain/ledger-record';
import type { Ledger } from '../../src/ports/ledger';

const SHOP = { service: 'shop', environment: 'production' };

export function describeLedger(name: string, make: () => Promise<Ledger>) {
  describe(`the ledger ${name}`, () => {
    it('finds no record of an unknown deployment', async () => {
      const ledger = await make();
      expect(await ledger.find(idOf(1))).toBeNull();
      expect(await ledger.list({ ...SHOP, limit: 5 })).toEqual([]);
    });

    it('opens a record without a closing', async () => {
      const ledger = await make();
      await ledger.open(opening(1));
      expect(await ledger.find(idOf(1))).toEqual({ ...opening(1), closing: null });
    });

    it('closes a record', async () => {
      const ledger = await make();
      await ledger.open(opening(1));
      await ledger.close(idOf(1), closing());
      expect(await ledger.find(idOf(1))).toEqual({ ...opening(1), closing: closing() });
    });

    it('changes nothing when a closed record is opened or closed again', async () => {
      const ledger = await make();
      await ledger.open(opening(1));
      await ledger.close(idOf(1), closing());
      await ledger.open(opening(1));
      await ledger.close(idOf(1), closing());
      expect(await ledger.find(idOf(1))).toEqual({ ...opening(1), closing: closing() });
    });

    it('refuses to close what was never opened', async () => {
      const ledger = await make();
      const attempt = ledger.close(idOf(1), closing());
      await expect(attempt).rejects.toBeInstanceOf(BelayError);
      await expect(attempt).rejects.toMatchObject({ code: 'DEPLOYMENT_NOT_FOUND' });
    });

    it('lists the newest first and no more than asked for', async () => {
      const ledger = await make();
      for (const minute of [2, 1, 3]) await ledger.open(opening(minute));
      const found = await ledger.list({ ...SHOP, limit: 2 });
      expect(found.map(({ deploymentId }) => deploymentId)).toEqual([idOf(3), idOf(2)]);
    });

    it('lists nothing when nothing is asked for', async () => {
      const ledger = await make();
      await ledger.open(opening(1));
      expect(await ledger.list({ ...SHOP, limit: 0 })).toEqual([]);
    });

    it('lists what was opened since a moment', async () => {
      const ledger = await make();
      for (const minute of [1, 2, 3]) await ledger.open(opening(minute));
      const found = await ledger.list({ ...SHOP, sinceMs: 2 * 60_000, limit: 5 });
      expect(found.map(({ deploymentId }) => deploymentId)).toEqual([idOf(3), idOf(2)]);
    });

    it('lists all environments of a service together, the newest first', async () => {
      const ledger = await make();
      const staging = (minute: number) => `shop-staging-01JDQ0000000000000000000${minute}0`;
      await ledger.open(opening(10));
      await ledger.open({ ...opening(20), environment: 'staging', deploymentId: staging(2) });
      await ledger.open(opening(30));
      await ledger.open({
        ...opening(40),
        service: 'shop-two',
        deploymentId: 'shop-two-staging-4',
      });
      const found = await ledger.list({ service: 'shop', environment: null, limit: 5 });
      expect(found.map(({ deploymentId }) => deploymentId)).toEqual([
        idOf(30),
        staging(2),
        idOf(10),
      ]);
    });

    it('tells services apart whose names run together with the environment', async () => {
      const ledger = await make();
      await ledger.open({
        ...opening(1),
        service: 'shop',
        environment: 'eu-west',
        deploymentId: 'shop-eu-west-1',
      });
      await ledger.open({
        ...opening(2),
        service: 'shop-eu',
        environment: 'west',
        deploymentId: 'shop-eu-west-2',
      });
      const found = await ledger.list({ service: 'shop-eu', environment: 'west', limit: 5 });
      expect(found.map(({ deploymentId }) => deploymentId)).toEqual(['shop-eu-west-2']);
    });
  });
}

export function idOf(minute: number): string {
  return `shop-production-01JDQ0000000000000000000${String(minute).padStart(2, '0')}`;
}

export function opening(minute: number): LedgerOpening {
  return {
    recordVersion: 1,
    deploymentId: idOf(minute),
    workflowId: 'deploy/shop/production',
    runId: `run-${minute}`,
    service: 'shop',
    environment: 'production',
    initiator: 'ada',
    reason: null,
    commit: null,
    openedAtMs: minute * 60_000,
    restores: null,
  };
}

export function closing(): LedgerClosing {
  return {
    outcome: 'rolled-back',
    cause: 'error_rate was 8 %',
    stable: `sha256:${'1'.repeat(64)}`,
    candidate: `sha256:${'2'.repeat(64)}`,
    strategy: 'canary',
    planDigest: `sha256:${'3'.repeat(64)}`,
    phases: [{ phase: 'rollout', fromMs: 1_000, toMs: 2_000, humanMs: 0 }],
    firstTrafficAtMs: 1_100,
    liveAtMs: null,
    safeAtMs: 1_900,
    closedAtMs: 2_000,
    exposure: { requests: 50, errors: 4 },
    verdicts: [{ stepId: '04-bake-5', kind: 'harm', sentence: 'error_rate was 8 %' }],
    leftBehind: [],
    decisions: [
      {
        id: 'decision-1',
        kind: 'pause',
        actor: 'ada',
        reason: null,
        issuedAtMs: 1_200,
        receivedAtMs: 1_210,
        verification: 'not-verified',
        effect: 'applied',
        sentence: 'it stays at 5 %',
      },
    ],
    undone: ['all traffic back to 111111111111'],
    rollback: null,
  };
}
