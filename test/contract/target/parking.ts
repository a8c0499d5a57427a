import type { ServiceRef } from '../../../src/domain/deployment';
import type { Digest } from '../../../src/domain/revision';
import type { FleetState } from '../../../src/domain/target-state';
import { type TargetHelpers, signal } from './under-test';

/** How long a fleet of these tests stands by. */
const STAND_BY_MS = 2_500;
const LONG_AFTER_MS = 4_000;

export function describeParking(name: string, { target, claimed, fleetOf }: TargetHelpers) {
  async function parked() {
    const service = await claimed();
    const { ref, fence, launchHealthy } = service;
    const good = await target().good('1');
    const revision = await launchHealthy(good);
    const park = (digest: Digest = revision) => {
      const untilMs = target().nowMs() + STAND_BY_MS;
      return target().fleet.park(
        { ref, fence: fence(), revision: digest, untilMs, drainMs: 100 },
        signal,
      );
    };
    return { ...service, good, revision, park };
  }

  /** What is left once the stand-by is over and a busy machine has had its time. */
  async function leftOf(ref: ServiceRef): Promise<readonly FleetState[]> {
    let left = await target().fleet.describe(ref, signal);
    for (let tries = 0; left.length > 0 && tries < 100; tries += 1) {
      await target().pass(LONG_AFTER_MS / 10);
      left = await target().fleet.describe(ref, signal);
    }
    return left;
  }

  describe(`a parked fleet on the ${name} target`, () => {
    it('stands by as it is, and is then retired by the target itself', async () => {
      const { ref, revision, park } = await parked();
      await park();
      expect(await fleetOf(ref, revision)).toMatchObject({ size: 1, healthy: 1 });
      expect(await leftOf(ref)).toEqual([]);
    });

    it('stays when it is launched again before that', async () => {
      const { ref, good, revision, park, launchHealthy } = await parked();
      await park();
      await launchHealthy(good);
      await target().pass(LONG_AFTER_MS);
      expect(await fleetOf(ref, revision)).toMatchObject({ healthy: 1 });
    });

    it('stays when it is given weight before that', async () => {
      const { ref, revision, park, shift } = await parked();
      await park();
      await shift({ [revision]: 100 });
      await target().pass(LONG_AFTER_MS);
      expect(await fleetOf(ref, revision)).toMatchObject({ healthy: 1 });
      expect(await target().router.observe(ref, signal)).toMatchObject({
        observed: { [revision]: 100 },
      });
    });

    it('can be retired earlier', async () => {
      const { ref, fence, revision, park } = await parked();
      await park();
      await target().fleet.retire({ ref, fence: fence(), revision, drainMs: 100 }, signal);
      expect(await target().fleet.describe(ref, signal)).toEqual([]);
    });

    it('is retired though nobody holds the service any more', async () => {
      const { ref, fence, park } = await parked();
      await park();
      await target().router.release({ ref, fence: fence() }, signal);
      expect(await leftOf(ref)).toEqual([]);
    });

    it('has no weight: one that has is refused', async () => {
      const { ref, revision, park, shift } = await parked();
      await shift({ [revision]: 100 });
      await expect(park()).rejects.toMatchObject({ code: 'HAS_WEIGHT' });
      await target().pass(LONG_AFTER_MS);
      expect(await fleetOf(ref, revision)).toMatchObject({ healthy: 1 });
    });

    it('is nothing where there is no fleet', async () => {
      const { ref, park } = await parked();
      const { digest } = await target().good('never launched');
      await park(digest);
      const fleets = await target().fleet.describe(ref, signal);
      expect(fleets.map((fleet) => fleet.revision)).not.toContain(digest);
    });
  });
}
