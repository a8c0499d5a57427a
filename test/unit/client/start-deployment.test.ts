import { deploymentClient } from '../../../src/client/deployment-client';
import { aRecord, aRequest, aRun, aStatus, DEPLOYMENT } from './samples';
import { FakeRuns } from './fake-runs';

const OTHER = 'shop-production-01KAR1X0000000000000000009';

describe('starting a deployment', () => {
  test('starts the workflow under the id that is the lock', async () => {
    const runs = new FakeRuns();
    const started = await deploymentClient(runs).start(aRequest());
    expect(runs.started[0]?.workflowId).toBe('deploy/shop/production');
    expect(started).toMatchObject({
      attached: false,
      run: { deployment: DEPLOYMENT, runId: 'run-1' },
    });
  });

  test('without a worker nothing is started, and the command that starts one is named', async () => {
    const runs = new FakeRuns();
    runs.pollerCounts['belay-production'] = 0;
    await expect(deploymentClient(runs).start(aRequest())).rejects.toMatchObject({
      code: 'NO_WORKER',
      message: expect.stringContaining('belay-production') as string,
      next: expect.stringContaining('belay up') as string,
    });
    expect(runs.started).toEqual([]);
  });

  test('a worker that appears within the time is waited for', async () => {
    const runs = new FakeRuns();
    runs.pollerCounts['belay'] = 0;
    setTimeout(() => (runs.pollerCounts['belay'] = 1), 50);
    await deploymentClient(runs).start(aRequest(), { waitForWorkersMs: 5_000 });
    expect(runs.started).toHaveLength(1);
  });

  test('the same request key attaches to the running one', async () => {
    const runs = new FakeRuns();
    const client = deploymentClient(runs);
    await client.start(aRequest({ deploymentId: OTHER, requestKey: 'github:7' }));
    const second = await client.start(aRequest({ requestKey: 'github:7' }));
    expect(second).toMatchObject({ attached: true, run: { deployment: OTHER } });
    expect(runs.started).toHaveLength(1);
  });

  test('two requests without a key are two deployments: the second is refused and told how to follow the first', async () => {
    const runs = new FakeRuns();
    const client = deploymentClient(runs);
    await client.start(aRequest({ deploymentId: OTHER }));
    await expect(client.start(aRequest())).rejects.toMatchObject({
      code: 'DEPLOYMENT_IN_PROGRESS',
      message: expect.stringContaining(OTHER) as string,
      next: expect.stringContaining('belay status shop/production --watch') as string,
    });
    expect(runs.signals).toEqual([]);
  });

  test.each(['warm', 'finish'] as const)(
    'a live deployment in phase %s makes way',
    async (phase) => {
      const runs = new FakeRuns();
      runs.runs.push(aRun());
      runs.statuses = [aStatus({ phase, live: true })];
      runs.endsOn = 'yield';
      const yielded: string[] = [];
      const onYield = (run: { readonly deployment: string }): void =>
        void yielded.push(run.deployment);
      const started = await deploymentClient(runs).start(aRequest({ deploymentId: OTHER }), {
        onYield,
      });
      expect(runs.signals.map(({ kind }) => kind)).toEqual(['yield']);
      expect(yielded).toEqual([DEPLOYMENT]);
      expect(started.run.deployment).toBe(OTHER);
    },
  );

  test('a live deployment that refuses to make way is left alone', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    runs.statuses = [aStatus({ phase: 'warm', live: true })];
    runs.record = aRecord({ kind: 'yield', effect: 'refused', sentence: 'it is rolling back' });
    await expect(deploymentClient(runs).start(aRequest())).rejects.toMatchObject({
      code: 'DEPLOYMENT_IN_PROGRESS',
      message: expect.stringContaining('it is rolling back') as string,
    });
    expect(runs.started).toEqual([]);
  });

  test('a live deployment that does not end in time stops the newcomer, not itself', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    runs.statuses = [aStatus({ phase: 'warm', live: true })];
    await expect(deploymentClient(runs).start(aRequest())).rejects.toMatchObject({
      code: 'DEPLOYMENT_IN_PROGRESS',
      message: expect.stringContaining('has not ended within') as string,
    });
  });

  test('without a worker that answers, the phase in the search attributes decides', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun({ attributes: { ...aRun().attributes, phase: 'warm' } }));
    runs.statuses = [new Error('no worker')];
    runs.endsOn = 'yield';
    await deploymentClient(runs).start(aRequest({ deploymentId: OTHER }));
    expect(runs.started).toHaveLength(1);
  });
});
