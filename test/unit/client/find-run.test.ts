import { deploymentClient } from '../../../src/client/deployment-client';
import { newDeploymentId, refsOfDeploymentId } from '../../../src/client/deployment-id';
import { parseTarget } from '../../../src/client/find-run';
import { FakeRuns } from './fake-runs';
import { aRequest, aRun, DEPLOYMENT, REF, START_MS } from './samples';

describe('finding a deployment', () => {
  test('a service name means its newest run', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun({ runId: 'old', state: 'completed' }), aRun({ runId: 'new' }));
    expect((await deploymentClient(runs).find(REF)).runId).toBe('new');
  });

  test('an id is found although both names hold dashes', async () => {
    const runs = new FakeRuns();
    const ref = { service: 'web-shop', environment: 'eu-west' };
    const deployment = newDeploymentId(ref, START_MS);
    const attributes = { ...aRun().attributes, deployment };
    runs.runs.push(aRun({ workflowId: 'deploy/web-shop/eu-west', attributes }));
    const found = await deploymentClient(runs).find({ deployment });
    expect(found).toMatchObject({ ref, deployment });
  });

  test('an older id is found through visibility', async () => {
    const runs = new FakeRuns();
    const newer = { ...aRun().attributes, deployment: newDeploymentId(REF, START_MS) };
    runs.runs.push(
      aRun({ runId: 'old', state: 'completed' }),
      aRun({ runId: 'new', attributes: newer }),
    );
    expect((await deploymentClient(runs).find({ deployment: DEPLOYMENT })).runId).toBe('old');
  });

  test.each([REF, { deployment: DEPLOYMENT }])(
    'what is not there is said plainly: %j',
    async (target) => {
      await expect(deploymentClient(new FakeRuns()).find(target)).rejects.toMatchObject({
        code: 'DEPLOYMENT_NOT_FOUND',
      });
    },
  );

  test('without a worker nobody says of one that may wait in line that there is no such deployment', async () => {
    const runs = new FakeRuns();
    const waiting = { kind: 'queue', joinedAtMs: 0, deadlineMs: 9 } as const;
    await runs.joinLine({ request: aRequest(), ...waiting });
    runs.line.hasWorker = false;
    await expect(deploymentClient(runs).find({ deployment: DEPLOYMENT })).rejects.toMatchObject({
      code: 'DEPLOYMENT_NOT_FOUND',
      message: expect.stringContaining('it may wait in line') as string,
    });
  });

  test('the list is newest first', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun({ runId: 'a', startedAtMs: 1 }), aRun({ runId: 'b', startedAtMs: 2 }));
    const found = await deploymentClient(runs).list({
      service: 'shop',
      environment: null,
      limit: 10,
    });
    expect(found.map(({ runId }) => runId)).toEqual(['b', 'a']);
  });
});

describe('what a person writes for a deployment', () => {
  test('SERVICE/ENVIRONMENT', () => {
    expect(parseTarget('shop/production')).toEqual(REF);
  });

  test('an id', () => {
    expect(parseTarget(DEPLOYMENT)).toEqual({ deployment: DEPLOYMENT });
  });

  test.each(['shop', 'shop/', '/production', 'a/b/c', '', 'shop-production-123', '../x y'])(
    'neither of them is refused: "%s"',
    (text) => {
      expect(() => parseTarget(text)).toThrow(/neither SERVICE\/ENVIRONMENT nor a deployment id/);
    },
  );

  test('an id stands for each way to split its names', () => {
    const id = `a-b-c-${DEPLOYMENT.slice(-26)}`;
    expect(refsOfDeploymentId(id)).toEqual([
      { service: 'a', environment: 'b-c' },
      { service: 'a-b', environment: 'c' },
    ]);
  });
});
