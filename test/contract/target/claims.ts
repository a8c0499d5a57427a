import { type TargetHelpers, idsOf, signal } from './under-test';

export function describeClaims(name: string, { target, claimed, fleetOf }: TargetHelpers) {
  describe(`the claims of the ${name} target`, () => {
    it('have no epoch, no owner and no weights where the service is unknown', async () => {
      const { ref } = await target().place();
      expect(await target().router.observe(ref, signal)).toEqual({
        epoch: 0,
        claim: null,
        commanded: {},
        observed: {},
        isQueueing: false,
      });
    });

    it('start with epoch 1 and follow nobody', async () => {
      const { ref } = await target().place();
      const owner = { deploymentId: 'shop-1', runId: 'run-1' };
      const first = await target().router.claim({ ref, ...owner, after: 0 }, signal);
      expect(first).toEqual({ epoch: 1, previous: null });
      const { epoch, claim } = await target().router.observe(ref, signal);
      expect({ epoch, claim }).toEqual({
        epoch: 1,
        claim: { epoch: 1, ...owner, released: false },
      });
    });

    it('give the same owner its own epoch again', async () => {
      const { ref } = await target().place();
      const order = { ref, deploymentId: 'shop-1', runId: 'run-1', after: 0 };
      const first = await target().router.claim(order, signal);
      expect(await target().router.claim(order, signal)).toEqual(first);
    });

    it('give another run of the same deployment the next epoch', async () => {
      const { ref } = await claimed();
      const next = await target().router.claim(
        { ref, deploymentId: 'shop-1', runId: 'run-2', after: 1 },
        signal,
      );
      expect(next.epoch).toBe(2);
      expect(next.previous).toMatchObject({ epoch: 1, runId: 'run-1' });
    });

    it('refuse a claim that another one came before', async () => {
      const { ref } = await claimed();
      const late = target().router.claim(
        { ref, deploymentId: 'shop-2', runId: 'run-9', after: 0 },
        signal,
      );
      await expect(late).rejects.toMatchObject({ code: 'FENCED' });
    });

    it('let exactly one of several claims at the same time through', async () => {
      const { ref } = await target().place();
      const results = await Promise.allSettled(
        ['a', 'b', 'c'].map((runId) =>
          target().router.claim({ ref, deploymentId: 'shop-1', runId, after: 0 }, signal),
        ),
      );
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    });

    it('refuse every write of an older epoch', async () => {
      const { ref, where, fence } = await claimed();
      const { router, fleet } = target();
      const revision = await target().good('1');
      await router.claim({ ref, deploymentId: 'shop-2', runId: 'run-2', after: 1 }, signal);
      const writes = [
        router.setWeights({ ref, fence: fence(), weights: {} }, signal),
        router.ensureRoute({ ref, fence: fence(), target: where.target }, signal),
        router.drain({ ref, fence: fence(), revision: revision.digest, timeoutMs: 100 }, signal),
        router.queueRequests({ ref, fence: fence(), mostWaitMs: 1_000 }, signal),
        router.releaseRequests({ ref, fence: fence() }, signal),
        router.release({ ref, fence: fence() }, signal),
        fleet.ensure({ ref, fence: fence(), revision, size: 1, token: 't' }, signal),
        fleet.reduce(
          { ref, fence: fence(), revision: revision.digest, size: 1, drainMs: 0 },
          signal,
        ),
        fleet.park(
          { ref, fence: fence(), revision: revision.digest, untilMs: 0, drainMs: 0 },
          signal,
        ),
        fleet.retire({ ref, fence: fence(), revision: revision.digest, drainMs: 0 }, signal),
      ];
      for (const result of await Promise.allSettled(writes)) {
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'FENCED' } });
      }
      expect(await fleet.describe(ref, signal)).toEqual([]);
    });

    it('refuse writes where nobody ever claimed', async () => {
      const { ref } = await target().place();
      const write = target().router.setWeights(
        { ref, fence: { epoch: 1, n: 1 }, weights: {} },
        signal,
      );
      await expect(write).rejects.toMatchObject({ code: 'FENCED' });
    });

    it('let nobody write after the release, which itself may come twice', async () => {
      const { ref, fence } = await claimed();
      const release = { ref, fence: fence() };
      await target().router.release(release, signal);
      await target().router.release(release, signal);
      expect((await target().router.observe(ref, signal)).claim).toMatchObject({
        epoch: 1,
        released: true,
      });
      const write = target().router.setWeights({ ref, fence: fence(), weights: {} }, signal);
      await expect(write).rejects.toMatchObject({ code: 'FENCED' });
    });
  });

  describe(`the order of writes on the ${name} target`, () => {
    it('refuses an older n', async () => {
      const { ref, shift, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'));
      await shift({ [revision]: 100 });
      const late = target().router.setWeights(
        { ref, fence: { epoch: 1, n: 1 }, weights: {} },
        signal,
      );
      await expect(late).rejects.toMatchObject({ code: 'FENCED' });
      expect((await target().router.observe(ref, signal)).commanded).toEqual({ [revision]: 100 });
    });

    it('answers the same n with the same body again, and changes nothing', async () => {
      const { ref, fence } = await claimed();
      const revision = await target().good('1');
      const order = { ref, fence: fence(), revision, size: 2, token: 'shop-1/launch' };
      const first = await target().fleet.ensure(order, signal);
      const second = await target().fleet.ensure(order, signal);
      expect(idsOf(second)).toEqual(idsOf(first));
      expect(idsOf(await fleetOf(ref, revision.digest))).toEqual(idsOf(first));
    });

    it('refuses the same n with another body', async () => {
      const { ref, fence } = await claimed();
      const revision = await target().good('1');
      const order = { ref, fence: fence(), revision, size: 1, token: 'shop-1/launch' };
      await target().fleet.ensure(order, signal);
      await expect(target().fleet.ensure({ ...order, size: 2 }, signal)).rejects.toMatchObject({
        code: 'TARGET_REJECTED',
      });
      expect((await fleetOf(ref, revision.digest))?.size).toBe(1);
    });

    it('lets a write that was refused for the state of things come again under its n', async () => {
      const { ref, fence, launchHealthy, launch } = await claimed();
      const revision = await target().good('1');
      const order = { ref, fence: { epoch: 1, n: 50 }, weights: { [revision.digest]: 100 } };
      await expect(target().router.setWeights(order, signal)).rejects.toMatchObject({
        code: 'NO_HEALTHY_INSTANCE',
      });
      await launch(revision);
      await launchHealthy(revision);
      expect(fence().n).toBeLessThan(50);
      expect((await target().router.setWeights(order, signal)).commanded).toEqual({
        [revision.digest]: 100,
      });
    });
  });
}
