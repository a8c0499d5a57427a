import { type TargetHelpers, signal, sumOf } from './under-test';

export function describeMetrics(name: string, { target, claimed, windowsSince }: TargetHelpers) {
  describe(`the metrics of the ${name} target`, () => {
    it('are none where the service is unknown', async () => {
      const { ref } = await target().place();
      expect(
        await target().metrics.windows(
          { ref, revisions: [], fromMs: 0, toMs: target().nowMs() },
          signal,
        ),
      ).toEqual([]);
    });

    it('count every request once, in proportion to the weights', async () => {
      const { ref, where, shift, launchHealthy } = await claimed();
      const stable = await launchHealthy(await target().good('1'));
      const candidate = await launchHealthy(await target().good('2'));
      await shift({ [stable]: 80, [candidate]: 20 });
      // The second in which a service was first seen is not a whole one, and so is never served.
      await target().pass(1_100);
      const fromMs = target().nowMs();
      await target().send(where, 100);
      await target().pass(2_500);
      const windows = await windowsSince(ref, [stable, candidate], fromMs);
      const [onStable, onCandidate] = [sumOf(windows, stable), sumOf(windows, candidate)];
      expect(onStable.requests + onCandidate.requests).toBe(100);
      expect(Math.abs(onCandidate.requests - 20)).toBeLessThanOrEqual(1);
      expect([onStable.errors, onCandidate.errors]).toEqual([0, 0]);
      expect(onStable.timed).toBe(onStable.requests);
      expect(onStable.healthChecksPassed).toBeGreaterThan(0);
    }, 30_000);

    it('show the same windows to two watchers, each with its number and its whole interval', async () => {
      const { ref, shift, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'));
      await shift({ [revision]: 100 });
      const fromMs = target().nowMs();
      await target().pass(3_200);
      const query = { ref, revisions: [revision], fromMs, toMs: target().nowMs() - 1_000 };
      const windows = await target().metrics.windows(query, signal);
      expect(windows.length).toBeGreaterThan(0);
      expect(await target().metrics.windows(query, signal)).toEqual(windows);
      for (const window of windows) {
        expect(window.number).toBe(window.fromMs / window.intervalMs);
        expect(window.fromMs).toBeGreaterThanOrEqual(query.fromMs);
        expect(window.fromMs + window.intervalMs).toBeLessThanOrEqual(query.toMs);
      }
    });

    it('show a revision without requests as zero in an observed window', async () => {
      const { ref, shift, launchHealthy } = await claimed();
      const revision = await launchHealthy(await target().good('1'));
      await shift({ [revision]: 100 });
      const fromMs = target().nowMs();
      await target().pass(3_200);
      const { digest } = await target().good('never launched');
      const windows = await windowsSince(ref, [digest], fromMs);
      expect(windows.length).toBeGreaterThan(0);
      for (const window of windows) {
        expect(window.revisions[digest]).toEqual({
          requests: 0,
          errors: 0,
          latency: { buckets: [] },
          healthChecksPassed: 0,
          healthChecksFailed: 0,
        });
      }
    });
  });
}
