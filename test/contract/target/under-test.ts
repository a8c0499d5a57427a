import type { ServiceRef, TargetSpec } from '../../../src/domain/deployment';
import type { Digest, Revision } from '../../../src/domain/revision';
import { observes, type FleetState } from '../../../src/domain/target-state';
import type { Fleet } from '../../../src/ports/fleet';
import type { MetricSource } from '../../../src/ports/metric-source';
import type { TrafficRouter } from '../../../src/ports/traffic-router';

/** A target, and what a test needs around it. */
export interface TargetUnderTest {
  readonly fleet: Fleet;
  readonly router: TrafficRouter;
  readonly metrics: MetricSource;
  readonly nowMs: () => number;
  /** Lets at least so much of the target's time pass. */
  readonly pass: (ms: number) => Promise<void>;
  /** A service that nobody knows yet, and where its requests are to come in. */
  readonly place: () => Promise<{ readonly ref: ServiceRef; readonly target: TargetSpec }>;
  /** A revision that serves. The marker makes it another one. */
  readonly good: (marker: string) => Promise<Revision>;
  /** A revision whose instances run and never become healthy. */
  readonly unhealthy: () => Promise<Revision>;
  /** Sends so many requests one after the other and answers when all were answered. */
  readonly send: (
    place: { readonly ref: ServiceRef; readonly target: TargetSpec },
    requests: number,
  ) => Promise<void>;
}

export const signal = new AbortController().signal;

export type TargetHelpers = ReturnType<typeof helpersFor>;

/** What several tests need, over the target that the current test runs on. */
export function helpersFor(target: () => TargetUnderTest) {
  /** A claimed and listening service, with the next place in its order. */
  async function claimed() {
    const { router, fleet, place } = target();
    const where = await place();
    const { ref } = where;
    await router.claim({ ref, deploymentId: 'shop-1', runId: 'run-1', after: 0 }, signal);
    let n = 0;
    const fence = () => ({ epoch: 1, n: (n += 1) });
    await router.ensureRoute({ ref, fence: fence(), target: where.target }, signal);
    const launch = async (revision: Revision, size = 1) => {
      await fleet.ensure(
        { ref, fence: fence(), revision, size, token: `shop-1/launch-${n}` },
        signal,
      );
      return revision.digest;
    };
    const launchHealthy = async (revision: Revision, size = 1) => {
      const digest = await launch(revision, size);
      await untilHealthy(ref, digest, size);
      return digest;
    };
    const shift = (weights: Readonly<Record<Digest, number>>) =>
      router.setWeights({ ref, fence: fence(), weights }, signal);
    return { ref, where, fence, launch, launchHealthy, shift };
  }

  async function fleetOf(ref: ServiceRef, revision: Digest): Promise<FleetState | undefined> {
    return (await target().fleet.describe(ref, signal)).find(
      (fleet) => fleet.revision === revision,
    );
  }

  async function untilHealthy(ref: ServiceRef, revision: Digest, size: number): Promise<void> {
    for (let tries = 0; tries < 800; tries += 1) {
      if ((await fleetOf(ref, revision))?.healthy === size) return;
      await target().pass(50);
    }
    throw new Error(`not healthy in time: ${JSON.stringify(await fleetOf(ref, revision))}`);
  }

  async function untilObserved(ref: ServiceRef, weights: Readonly<Record<Digest, number>>) {
    for (let tries = 0; tries < 400; tries += 1) {
      const traffic = await target().router.observe(ref, signal);
      if (observes(traffic, weights)) return traffic;
      await target().pass(50);
    }
    throw new Error(`never observed: ${JSON.stringify(weights)}`);
  }

  async function windowsSince(ref: ServiceRef, revisions: readonly Digest[], fromMs: number) {
    const query = { ref, revisions, fromMs: fromMs - 1_000, toMs: target().nowMs() };
    return target().metrics.windows(query, signal);
  }

  return { target, claimed, fleetOf, untilObserved, windowsSince };
}

export function idsOf(fleet: FleetState | undefined): readonly string[] {
  return (fleet?.instances ?? []).map(({ id }) => id);
}

export function sumOf(windows: Awaited<ReturnType<MetricSource['windows']>>, revision: Digest) {
  const sum = { requests: 0, errors: 0, timed: 0, healthChecksPassed: 0 };
  for (const window of windows) {
    const arm = window.revisions[revision];
    if (arm === undefined) continue;
    sum.requests += arm.requests;
    sum.errors += arm.errors;
    sum.healthChecksPassed += arm.healthChecksPassed;
    sum.timed += arm.latency.buckets.reduce((total, [, count]) => total + count, 0);
  }
  return sum;
}
