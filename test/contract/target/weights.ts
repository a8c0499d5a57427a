import { type TargetHelpers, signal, sumOf } from './under-test';

export function describeWeights(
  name: string,
  { target, claimed, untilObserved, windowsSince }: TargetHelpers,
) {
  describe(`the weights of the ${name} target`, () => {
    it('are observed as they were commanded, while every revision can serve', async () => {
      const { ref, shift, launchHealthy } = await claimed();
      const stable = await launchHealthy(await target().good('1'));
      const candidate = await launchHealthy(await target().good('2'));
      const weights = { [stable]: 95, [candidate]: 5 };
      expect((await shift(weights)).commanded).toEqual(weights);
      expect((await untilObserved(ref, weights)).commanded).toEqual(weights);
    });

    it('leave out a revision at 0', async () => {
      const { shift, launchHealthy } = await claimed();
      const stable = await launchHealthy(await target().good('1'));
      const candidate = await launchHealthy(await target().good('2'));
      expect((await shift({ [stable]: 0, [candidate]: 100 })).commanded).toEqual({
        [candidate]: 100,
      });
    });

    it('never go to a revision without a healthy instance', async () => {
      const { ref, shift, launch, launchHealthy } = await claimed();
      const stable = await launchHealthy(await target().good('1'));
      await shift({ [stable]: 100 });
      const broken = await launch(await target().unhealthy());
      const absent = (await target().good('never launched')).digest;
      for (const revision of [broken, absent]) {
        await expect(shift({ [stable]: 50, [revision]: 50 })).rejects.toMatchObject({
          code: 'NO_HEALTHY_INSTANCE',
        });
      }
      const { commanded, observed } = await target().router.observe(ref, signal);
      expect([commanded, observed]).toEqual([{ [stable]: 100 }, { [stable]: 100 }]);
    });

    it('sum to 100, or are none at all', async () => {
      const { ref, shift, launchHealthy } = await claimed();
      const stable = await launchHealthy(await target().good('1'));
      await expect(shift({ [stable]: 90 })).rejects.toMatchObject({ code: 'TARGET_REJECTED' });
      await shift({ [stable]: 100 });
      await shift({});
      await untilObserved(ref, {});
    });

    it('can be taken from a revision that is drained and retired then', async () => {
      const { ref, fence, shift, launchHealthy } = await claimed();
      const stable = await launchHealthy(await target().good('1'));
      const candidate = await launchHealthy(await target().good('2'));
      await shift({ [stable]: 100 });
      await shift({ [candidate]: 100 });
      const drained = await target().router.drain(
        { ref, fence: fence(), revision: stable, timeoutMs: 1_000 },
        signal,
      );
      expect(drained).toMatchObject({ cancelled: 0 });
      await target().fleet.retire({ ref, fence: fence(), revision: stable, drainMs: 0 }, signal);
      await untilObserved(ref, { [candidate]: 100 });
    });
  });

  describe(`a smoke request on the ${name} target`, () => {
    it('reaches a revision that has no weight', async () => {
      const { ref, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'));
      const smoke = { ref, revision, path: '/health', timeoutMs: 2_000 };
      expect(await target().router.smoke(smoke, signal)).toEqual({ status: 200, problem: null });
    });

    it('has no status where no instance of the revision could answer', async () => {
      const { ref, launchHealthy } = await claimed();
      await launchHealthy(await target().good('1'));
      const { digest } = await target().good('never launched');
      const smoke = { ref, revision: digest, path: '/health', timeoutMs: 2_000 };
      expect(await target().router.smoke(smoke, signal)).toEqual({
        status: null,
        problem: expect.any(String) as string,
      });
    });

    it('is in no statistics', async () => {
      const { ref, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'));
      const fromMs = target().nowMs();
      await target().router.smoke({ ref, revision, path: '/health', timeoutMs: 2_000 }, signal);
      await target().pass(3_000);
      const windows = await windowsSince(ref, [revision], fromMs);
      expect(windows.length).toBeGreaterThan(0);
      expect(sumOf(windows, revision).requests).toBe(0);
    });
  });
}
