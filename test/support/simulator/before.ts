import type { MemoryTarget } from '../../../src/adapters/targets/memory/memory-target';
import type { Digest, Revision } from '../../../src/domain/revision';
import type { Weights } from '../../../src/domain/rollout/plan';
import type { EnvironmentRecord } from '../../../src/ports/environment-record';
import { REF, type Scenario } from './scenario';

interface Place {
  readonly scenario: Scenario;
  readonly target: MemoryTarget;
  readonly records: EnvironmentRecord;
  readonly clock: () => number;
}

interface Earlier {
  readonly stable: Revision;
  readonly older: Revision;
}

const EARLIER = 'shop-production-01kaw0000000000000000000aa';
const WARM_MS = 120_000;
const GAP_MS = 30_000;
const NEVER = new AbortController().signal;

/** What earlier deployments have left on the target and in the record. */
export async function setTheScene(place: Place, { stable, older }: Earlier): Promise<void> {
  const { before } = place.scenario;
  if (before === 'nothing') return;
  await serve(place, stable);
  switch (before) {
    case 'serving':
      return;
    case 'abandoned':
      return abandon(place, stable);
    case 'half-rolled':
      return abandonHalfRolled(place, stable);
    case 'in-the-gap':
      return abandonInTheGap(place, stable);
    case 'warm':
      return standBy(place, older);
  }
}

/** It serves everybody. */
async function serve(place: Place, stable: Revision): Promise<void> {
  const { scenario, target, records, clock } = place;
  const { stableInstances: instances } = scenario;
  const run = await earlierRun(target, 'earlier-run', 0);
  await run.ensure(stable, instances);
  await run.shift({ [stable.digest]: 100 });
  await run.release();
  target.setTraffic(REF, scenario.requestsPerSecond);
  await records.setStable(REF, {
    revision: stable,
    deploymentId: EARLIER,
    sinceMs: clock(),
    instances,
  });
}

/** Its claim is open, its split stands. */
async function abandon({ target }: Place, stable: Revision): Promise<void> {
  const run = await earlierRun(target, 'dead-run', 1);
  const ghost = ghostOf(stable);
  await run.ensure(ghost, 2);
  await run.shift({ [stable.digest]: 70, [ghost.digest]: 30 });
}

/** Between two batches: a part of stable is gone, and both serve. */
async function abandonHalfRolled({ target, scenario }: Place, stable: Revision): Promise<void> {
  const run = await earlierRun(target, 'dead-run', 1);
  const ghost = ghostOf(stable);
  await run.ensure(ghost, 1);
  await run.shift({ [stable.digest]: 50, [ghost.digest]: 50 });
  await run.reduce(stable, Math.ceil(scenario.stableInstances / 2));
}

/** Stable is stopped, its successor starts, and requests wait meanwhile. */
async function abandonInTheGap({ target }: Place, stable: Revision): Promise<void> {
  const run = await earlierRun(target, 'dead-run', 1);
  await run.queue(GAP_MS);
  await run.shift({});
  await run.retire(stable);
  await run.ensure(ghostOf(stable), 1);
}

/** What served before stands by, and the watch on what is stable now is to go on. */
async function standBy(place: Place, older: Revision): Promise<void> {
  const { scenario, target, records, clock } = place;
  const { criteria, stableInstances: instances, warmMonitoring } = scenario;
  const run = await earlierRun(target, 'warm-run', 1);
  const untilMs = clock() + WARM_MS;
  await run.ensure(older, instances);
  await run.park(older, untilMs);
  await run.release();
  const evidence = {
    broughtBy: EARLIER,
    deploymentId: EARLIER,
    criteria,
    ...(warmMonitoring === null ? {} : { monitoring: warmMonitoring }),
    evidenceFromMs: clock(),
  };
  await records.setWarm(REF, { revision: older, instances, untilMs, ...evidence });
}

function ghostOf(stable: Revision): Revision {
  return { ...stable, digest: `sha256:${'9'.repeat(64)}` };
}

interface EarlierRun {
  ensure(revision: Revision, size: number): Promise<unknown>;
  reduce(revision: Revision, size: number): Promise<unknown>;
  retire(revision: Revision): Promise<unknown>;
  park(revision: Revision, untilMs: number): Promise<unknown>;
  shift(weights: Weights): Promise<unknown>;
  queue(mostWaitMs: number): Promise<unknown>;
  release(): Promise<unknown>;
}

/** The effects of a run of before, each at the next place of its claim. */
async function earlierRun(
  { router, fleet }: MemoryTarget,
  runId: string,
  after: number,
): Promise<EarlierRun> {
  const claim = { ref: REF, deploymentId: EARLIER, runId, after };
  const { epoch } = await router.claim(claim, NEVER);
  let n = 0;
  const next = (): { readonly ref: typeof REF; readonly fence: { epoch: number; n: number } } => ({
    ref: REF,
    fence: { epoch, n: (n += 1) },
  });
  const digestOf = ({
    digest,
  }: Revision): { readonly revision: Digest; readonly drainMs: number } => ({
    revision: digest,
    drainMs: 0,
  });
  return {
    ensure: (revision, size) =>
      fleet.ensure({ ...next(), revision, size, token: `${runId}/${n}` }, NEVER),
    reduce: (revision, size) => fleet.reduce({ ...next(), ...digestOf(revision), size }, NEVER),
    retire: (revision) => fleet.retire({ ...next(), ...digestOf(revision) }, NEVER),
    park: (revision, untilMs) => fleet.park({ ...next(), ...digestOf(revision), untilMs }, NEVER),
    shift: (weights) => router.setWeights({ ...next(), weights }, NEVER),
    queue: (mostWaitMs) => router.queueRequests({ ...next(), mostWaitMs }, NEVER),
    release: () => router.release(next(), NEVER),
  };
}
