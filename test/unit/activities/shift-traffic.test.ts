import { DefaultLogger } from '@temporalio/worker';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { ActivityDependencies } from '../../../src/activities';
import { createRolloutActivities } from '../../../src/activities/rollout';
import type { Weights } from '../../../src/domain/rollout/plan';
import type { TrafficState } from '../../../src/domain/target-state';

const OLD = `sha256:${'a'.repeat(64)}`;
const NEW = `sha256:${'b'.repeat(64)}`;
const ref = { service: 'shop', environment: 'production' };
const SILENT = new DefaultLogger('ERROR', () => undefined);
const input = { ref, fence: { epoch: 1, n: 1 }, weights: { [OLD]: 80, [NEW]: 20 } };

/** A router that observes these weights, one set a look; the last one from then on. A second passes per look. */
function shift(looks: readonly Weights[]): Promise<TrafficState> {
  let seen = 0;
  const look = async (): Promise<TrafficState> => {
    const observed = looks[Math.min(seen, looks.length - 1)] ?? {};
    seen += 1;
    return { epoch: 1, claim: null, commanded: input.weights, observed, isQueueing: false };
  };
  const dependencies = {
    router: { setWeights: look, observe: look },
    capabilities: { settleMs: 1_000 },
    clock: () => seen * 1_000,
  } as unknown as ActivityDependencies;
  const { shiftTraffic } = createRolloutActivities(dependencies);
  return new MockActivityEnvironment({}, { logger: SILENT }).run(shiftTraffic, input);
}

describe('shifting traffic', () => {
  test('is done once the commanded weights are observed', async () => {
    const traffic = await shift([{ [OLD]: 100 }, { [OLD]: 90, [NEW]: 10 }, input.weights]);
    expect(traffic.observed).toEqual(input.weights);
  });

  test('that is never observed fails, to be tried again, and says what serves and where to look', async () => {
    const failure: unknown = await shift([{ [OLD]: 100 }]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'WEIGHT_NOT_OBSERVED', nonRetryable: false });
    const { message } = failure as Error;
    expect(message).toContain('80 % to aaaaaaaaaaaa and 20 % to bbbbbbbbbbbb but gives 100 %');
    expect(message).toContain('Nothing is scaled down meanwhile');
    expect(message).toContain('belay status');
  });
});
