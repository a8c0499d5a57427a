import { type TargetHelpers, idsOf, signal } from './under-test';

export function describeShrinking(name: string, { target, claimed, fleetOf }: TargetHelpers) {
  describe(`a fleet that shrinks on the ${name} target`, () => {
    it('keeps its oldest instances, and is answered once the others are gone', async () => {
      const { ref, fence, shift, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'), 3);
      await shift({ [revision]: 100 });
      const before = idsOf(await fleetOf(ref, revision));
      const order = { ref, fence: fence(), revision, size: 2, drainMs: 1_000 };
      const reduced = await target().fleet.reduce(order, signal);
      expect(reduced).toMatchObject({ revision, size: 2, healthy: 2 });
      expect(idsOf(reduced)).toEqual(before.slice(0, 2));
      expect(await target().router.observe(ref, signal)).toMatchObject({
        observed: { [revision]: 100 },
      });
    });

    it('stays as it is at a repeat, and where it is not larger', async () => {
      const { ref, fence, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'), 2);
      const order = { ref, fence: fence(), revision, size: 1, drainMs: 100 };
      const first = await target().fleet.reduce(order, signal);
      expect(idsOf(await target().fleet.reduce(order, signal))).toEqual(idsOf(first));
      const larger = { ref, fence: fence(), revision, size: 5, drainMs: 100 };
      expect(await target().fleet.reduce(larger, signal)).toMatchObject({ size: 1 });
      expect(idsOf(await fleetOf(ref, revision))).toEqual(idsOf(first));
    });

    it('can grow again', async () => {
      const { ref, fence, launchHealthy } = await claimed();
      const good = await target().good('1');
      const revision = await launchHealthy(good, 2);
      const order = { ref, fence: fence(), revision, size: 1, drainMs: 100 };
      const [kept] = idsOf(await target().fleet.reduce(order, signal));
      await launchHealthy(good, 3);
      expect(idsOf(await fleetOf(ref, revision))).toContain(kept);
    });

    it('is no fleet where there is none', async () => {
      const { ref, fence } = await claimed();
      const { digest } = await target().good('never launched');
      const order = { ref, fence: fence(), revision: digest, size: 1, drainMs: 100 };
      expect(await target().fleet.reduce(order, signal)).toMatchObject({ size: 0, instances: [] });
      expect(await target().fleet.describe(ref, signal)).toEqual([]);
    });

    it('never shrinks to nothing', async () => {
      const { ref, fence, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'));
      const order = { ref, fence: fence(), revision, size: 0, drainMs: 100 };
      await expect(target().fleet.reduce(order, signal)).rejects.toMatchObject({
        code: 'TARGET_REJECTED',
      });
      expect(await fleetOf(ref, revision)).toMatchObject({ size: 1 });
    });
  });

  describe(`a fleet that grows too large on the ${name} target`, () => {
    it('is refused by the sum of all revisions, before anything starts', async () => {
      const { ref, fence, launchHealthy } = await claimed();
      const first = await launchHealthy(await target().good('1'), 1);
      const second = await target().good('2');
      const order = { ref, fence: fence(), revision: second, size: 64, token: 'shop-1/launch' };
      await expect(target().fleet.ensure(order, signal)).rejects.toMatchObject({
        code: 'TARGET_REJECTED',
        message: expect.stringMatching(/\b65\b.*\b64\b/s) as string,
      });
      const fleets = await target().fleet.describe(ref, signal);
      expect(fleets.map(({ revision }) => revision)).toEqual([first]);
    });
  });
}
