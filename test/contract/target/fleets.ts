import { type TargetHelpers, idsOf, signal } from './under-test';

export function describeFleets(name: string, { target, claimed, fleetOf }: TargetHelpers) {
  describe(`the fleets of the ${name} target`, () => {
    it('are none where the service is unknown', async () => {
      const { ref } = await target().place();
      expect(await target().fleet.describe(ref, signal)).toEqual([]);
    });

    it('run at the asked-for size, each instance with its own id', async () => {
      const { ref, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'), 3);
      const fleet = await fleetOf(ref, revision);
      expect(fleet).toMatchObject({ revision, size: 3, healthy: 3 });
      expect(new Set(idsOf(fleet)).size).toBe(3);
    });

    it('keep their instances when they grow, and most of them when they shrink', async () => {
      const { ref, launchHealthy } = await claimed();
      const good = await target().good('1');
      const revision = await launchHealthy(good, 1);
      const [first] = idsOf(await fleetOf(ref, revision));
      await launchHealthy(good, 2);
      expect(idsOf(await fleetOf(ref, revision))).toContain(first);
      await launchHealthy(good, 1);
      expect(idsOf(await fleetOf(ref, revision))).toContain(first);
    });

    it('say why an instance is not healthy', async () => {
      const { ref, launch } = await claimed();
      const revision = await launch(await target().unhealthy(), 1);
      await target().pass(1_000);
      const fleet = await fleetOf(ref, revision);
      expect(fleet).toMatchObject({ size: 1, healthy: 0 });
      expect(fleet?.instances[0]?.problem).toEqual(expect.any(String));
    });

    it('keep running while they have weight', async () => {
      const { ref, fence, shift, launchHealthy } = await claimed();
      const good = await target().good('1');
      const revision = await launchHealthy(good);
      await shift({ [revision]: 100 });
      const endings = [
        () => target().fleet.retire({ ref, fence: fence(), revision, drainMs: 0 }, signal),
        () => target().router.drain({ ref, fence: fence(), revision, timeoutMs: 100 }, signal),
        () =>
          target().fleet.ensure(
            { ref, fence: fence(), revision: good, size: 0, token: 't' },
            signal,
          ),
      ];
      for (const end of endings) await expect(end()).rejects.toMatchObject({ code: 'HAS_WEIGHT' });
      expect(await fleetOf(ref, revision)).toMatchObject({ healthy: 1 });
    });

    it('are forgotten when they are retired, which may happen where there is none', async () => {
      const { ref, fence, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'), 2);
      await target().fleet.retire({ ref, fence: fence(), revision, drainMs: 100 }, signal);
      await target().fleet.retire({ ref, fence: fence(), revision, drainMs: 100 }, signal);
      expect(await target().fleet.describe(ref, signal)).toEqual([]);
    });

    it('have no log lines of a revision that never ran', async () => {
      const { ref } = await claimed();
      const { digest } = await target().good('1');
      expect(await target().fleet.logs({ ref, revision: digest, lines: 5 }, signal)).toEqual([]);
    });

    it('show the newest lines that their instances wrote', async () => {
      const { ref, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'));
      const lines = await target().fleet.logs({ ref, revision, lines: 1 }, signal);
      expect(lines).toEqual([{ instance: expect.any(String) as string, line: 'shop listens' }]);
    });
  });

  it(`the ${name} target begins nothing for a caller who has already left`, async () => {
    const { ref, fence } = await claimed();
    const left = AbortSignal.abort();
    const revision = await target().good('1');
    const order = { ref, fence: fence(), revision, size: 1, token: 't' };
    await expect(target().fleet.ensure(order, left)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await target().fleet.describe(ref, signal)).toEqual([]);
  });
}
