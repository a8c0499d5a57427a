import type { ServiceRef } from '../../src/domain/deployment';
import type { Revision } from '../../src/domain/revision';
import type { Hold, StableEntry } from '../../src/domain/service-record';
import type { EnvironmentRecord } from '../../src/ports/environment-record';

/** `reopen` answers a second instance over the same records, as another process would have it. */
export interface EnvironmentRecordUnderTest {
  readonly record: EnvironmentRecord;
  readonly reopen: () => EnvironmentRecord;
}

const shop: ServiceRef = { service: 'shop', environment: 'production' };

export function describeEnvironmentRecord(
  name: string,
  make: () => Promise<EnvironmentRecordUnderTest>,
) {
  describe(`the environment record ${name}`, () => {
    it('knows no stable revision and no hold at first', async () => {
      const { record } = await make();
      expect(await record.read(shop)).toEqual({ stable: null, holds: [], warm: null });
    });

    it('answers the stable revision that was set last', async () => {
      const { record, reopen } = await make();
      await record.setStable(shop, stable('1'));
      await record.setStable(shop, stable('2'));
      expect((await reopen().read(shop)).stable).toEqual(stable('2'));
    });

    it('forgets the stable revision when it is set to null', async () => {
      const { record } = await make();
      await record.setStable(shop, stable('1'));
      await record.setStable(shop, null);
      expect((await record.read(shop)).stable).toBeNull();
    });

    it('changes nothing when the same entry or hold comes again', async () => {
      const { record } = await make();
      await record.setStable(shop, stable('1'));
      await record.hold(shop, hold('3'));
      const before = await record.read(shop);
      await record.setStable(shop, stable('1'));
      await record.hold(shop, hold('3'));
      expect(await record.read(shop)).toEqual(before);
    });

    it('keeps at most one hold on a revision: the newest', async () => {
      const { record } = await make();
      await record.hold(shop, hold('3'));
      await record.hold(shop, { ...hold('3'), reason: 'error_rate again' });
      const { holds } = await record.read(shop);
      expect(holds.map(({ reason }) => reason)).toEqual(['error_rate again']);
    });

    it('says whether there was a hold to lift', async () => {
      const { record } = await make();
      await record.hold(shop, hold('3'));
      expect(await record.lift(shop, digest('3'))).toBe(true);
      expect(await record.lift(shop, digest('3'))).toBe(false);
      expect((await record.read(shop)).holds).toEqual([]);
    });

    it('can hold a revision again after the hold was lifted', async () => {
      const { record } = await make();
      await record.hold(shop, hold('3'));
      await record.lift(shop, digest('3'));
      await record.hold(shop, hold('3'));
      expect((await record.read(shop)).holds).toEqual([hold('3')]);
    });

    it('keeps environments apart', async () => {
      const { record } = await make();
      await record.hold(shop, hold('3'));
      expect((await record.read({ ...shop, environment: 'staging' })).holds).toEqual([]);
    });

    it('loses no hold when several writers set theirs at the same time', async () => {
      const { record, reopen } = await make();
      const writers = Array.from({ length: 10 }, (_, index) => ({
        writer: index % 2 === 0 ? record : reopen(),
        digit: index.toString(16),
      }));
      await Promise.all(writers.map(({ writer, digit }) => writer.hold(shop, hold(digit))));
      expect((await reopen().read(shop)).holds).toHaveLength(10);
    });
  });
}

export function digest(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}

export function hold(digit: string): Hold {
  return {
    revision: digest(digit),
    deploymentId: 'shop-production-1',
    atMs: 1_000,
    by: 'belay',
    reason: 'error_rate',
  };
}

export function stable(digit: string): StableEntry {
  return {
    revision: revision(digit),
    deploymentId: 'shop-production-1',
    sinceMs: 1_000,
    instances: 2,
  };
}

function revision(digit: string): Revision {
  return {
    digest: digest(digit),
    artifact: digest('a'),
    command: ['node', 'server.js'],
    env: { GREETING: 'hello' },
    secrets: [],
    health: {
      path: '/health',
      intervalMs: 1_000,
      timeoutMs: 500,
      healthyAfter: 1,
      unhealthyAfter: 2,
    },
    stopGraceMs: 5_000,
    commit: null,
  };
}
