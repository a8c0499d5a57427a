import { type TargetHelpers, signal } from './under-test';

export function describeQueueing(name: string, { target, claimed }: TargetHelpers) {
  /** A service whose one revision has all the weight. */
  async function serving() {
    const service = await claimed();
    const revision = await service.launchHealthy(await target().good('1'));
    await service.shift({ [revision]: 100 });
    const { ref, fence } = service;
    const queue = (mostWaitMs: number) =>
      target().router.queueRequests({ ref, fence: fence(), mostWaitMs }, signal);
    const release = () => target().router.releaseRequests({ ref, fence: fence() }, signal);
    return { ...service, revision, queue, release };
  }

  describe(`requests that wait at the ${name} target`, () => {
    it('are said with the traffic, from the order to the release', async () => {
      const { ref, queue, release } = await serving();
      expect(await queue(5_000)).toMatchObject({ isQueueing: true });
      expect(await target().router.observe(ref, signal)).toMatchObject({ isQueueing: true });
      await release();
      expect(await target().router.observe(ref, signal)).toMatchObject({ isQueueing: false });
    });

    it('are answered after the release, none refused, and the gap is told', async () => {
      const { where, queue, release } = await serving();
      await queue(30_000);
      const sent = target().send(where, 1);
      await target().pass(2_000);
      const gap = await release();
      expect(gap).toMatchObject({ queued: 1, refused: 0 });
      expect(gap.longestMs).toBeGreaterThanOrEqual(500);
      await sent;
    });

    it('go to what has weight at the release, whatever had it when they came', async () => {
      const { ref, where, fence, revision, shift, launchHealthy, queue, release } = await serving();
      await queue(30_000);
      await shift({});
      const sent = target().send(where, 1);
      await target().pass(100);
      await target().fleet.retire({ ref, fence: fence(), revision, drainMs: 100 }, signal);
      const candidate = await launchHealthy(await target().good('2'));
      await shift({ [candidate]: 100 });
      expect(await release()).toMatchObject({ queued: 1, refused: 0 });
      await sent;
    });

    it('are refused when they have waited for as long as they may, and nobody can serve', async () => {
      const { where, shift, queue, release } = await serving();
      await queue(300);
      await shift({});
      const sent = target()
        .send(where, 1)
        .catch(() => undefined);
      await target().pass(2_500);
      const gap = await release();
      expect(gap).toMatchObject({ queued: 1, refused: 1 });
      expect(gap.longestMs).toBeGreaterThanOrEqual(300);
      await sent;
    });

    it('may wait longer after another order, which begins no new gap', async () => {
      const { where, queue, release } = await serving();
      await queue(1_000);
      const sent = target().send(where, 1);
      await queue(30_000);
      await target().pass(2_000);
      expect(await release()).toMatchObject({ queued: 1, refused: 0 });
      await sent;
    });

    it('let a smoke request pass', async () => {
      const { ref, revision, queue, release } = await serving();
      await queue(30_000);
      const smoke = { ref, revision, path: '/health', timeoutMs: 2_000 };
      expect(await target().router.smoke(smoke, signal)).toEqual({ status: 200, problem: null });
      expect(await release()).toEqual({ queued: 0, longestMs: 0, refused: 0 });
    });

    it('are none where nobody queues, and a repeat of the release answers as the first time', async () => {
      const { ref, where, fence, queue, release } = await serving();
      expect(await release()).toEqual({ queued: 0, longestMs: 0, refused: 0 });
      await queue(30_000);
      const sent = target().send(where, 1);
      await target().pass(1_500);
      const order = { ref, fence: fence() };
      const first = await target().router.releaseRequests(order, signal);
      expect(first.queued).toBe(1);
      expect(await target().router.releaseRequests(order, signal)).toEqual(first);
      await sent;
    });
  });
}
