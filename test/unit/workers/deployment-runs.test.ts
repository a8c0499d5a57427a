import { BelayError } from '../../../src/domain/errors';
import { createDeploymentRuns } from '../../../src/workers/deployment-runs';
import { FakeRuns } from '../client/fake-runs';
import { aRecord, aRequest, aRun, REF } from '../client/samples';

const OWN = 'shop-production-01KAR1X0000000000000000009';
const { signal } = new AbortController();
const request = aRequest({ deploymentId: OWN });

function ownRun(change: Parameters<typeof aRun>[0] = {}): ReturnType<typeof aRun> {
  return aRun({ ...change, attributes: { ...aRun().attributes, deployment: OWN } });
}

describe('starting what waits in line', () => {
  test('a free lock: it is started', async () => {
    const runs = new FakeRuns();
    const attempt = await createDeploymentRuns(runs).start(request, signal);
    expect(attempt).toEqual({ kind: 'started', runId: 'run-1' });
    expect(runs.started).toHaveLength(1);
  });

  test('a lock that is taken: it says by whom, and how far that is', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun({ requestKey: 'ci:7' }));
    const attempt = await createDeploymentRuns(runs).start(request, signal);
    expect(attempt).toEqual({
      kind: 'taken',
      running: {
        deploymentId: aRun().attributes.deployment,
        runId: 'run-1',
        phase: 'rollout',
        trafficPercent: 20,
        requestKey: 'ci:7',
        isWayBack: false,
      },
    });
    expect(runs.started).toEqual([]);
  });

  test.each(['running', 'completed'] as const)(
    'its own run, %s: it was started before, and is not started again',
    async (state) => {
      const runs = new FakeRuns();
      runs.runs.push(ownRun({ runId: 'run-own', state }));
      const attempt = await createDeploymentRuns(runs).start(request, signal);
      expect(attempt).toEqual({ kind: 'started', runId: 'run-own' });
      expect(runs.started).toEqual([]);
    },
  );

  test('its own run has ended and another one after it: it is found all the same', async () => {
    const runs = new FakeRuns();
    runs.runs.push(ownRun({ runId: 'run-own', state: 'completed' }));
    runs.runs.push(aRun({ runId: 'run-2', state: 'completed' }));
    const deployments = createDeploymentRuns(runs);
    expect(await deployments.find(request, signal)).toBe('run-own');
    expect(await deployments.start(request, signal)).toEqual({ kind: 'started', runId: 'run-own' });
    expect(runs.started).toEqual([]);
  });

  test('its own run has ended and another one runs: that one is asked nothing', async () => {
    const runs = new FakeRuns();
    runs.runs.push(ownRun({ runId: 'run-own', state: 'completed' }), aRun({ runId: 'run-2' }));
    const attempt = await createDeploymentRuns(runs).start(request, signal);
    expect(attempt).toEqual({ kind: 'started', runId: 'run-own' });
  });

  test('the lock is taken in the same moment: it says by whom', async () => {
    const runs = new FakeRuns();
    const start = runs.start.bind(runs);
    runs.start = async (order) => {
      runs.runs.push(aRun({ runId: 'run-quicker' }));
      return start(order);
    };
    const attempt = await createDeploymentRuns(runs).start(request, signal);
    expect(attempt).toMatchObject({ kind: 'taken', running: { runId: 'run-quicker' } });
  });

  test('the lock was taken for a moment only: it is tried again', async () => {
    const runs = new FakeRuns();
    runs.start = async () => ({ kind: 'running' });
    await expect(createDeploymentRuns(runs).start(request, signal)).rejects.toMatchObject({
      code: 'DEPLOYMENT_IN_PROGRESS',
      retryable: true,
    });
  });

  test('what Temporal will never take is not tried again', async () => {
    const runs = new FakeRuns();
    runs.start = async () => {
      throw new TypeError("Cannot read properties of undefined (reading 'kind')");
    };
    await expect(createDeploymentRuns(runs).start(request, signal)).rejects.toMatchObject({
      code: 'INTERNAL',
      retryable: false,
    });
  });

  test('a Temporal that is away is tried again', async () => {
    const runs = new FakeRuns();
    const away = new BelayError('TEMPORAL_UNAVAILABLE', 'away');
    runs.start = () => Promise.reject(away);
    await expect(createDeploymentRuns(runs).start(request, signal)).rejects.toBe(away);
  });

  test('a turn that was broken off before starts nothing more', async () => {
    const runs = new FakeRuns();
    const broken = AbortSignal.abort(new Error('broken off'));
    await expect(createDeploymentRuns(runs).start(request, broken)).rejects.toThrow('broken off');
    expect(runs.started).toEqual([]);
  });
});

describe('asking the running deployment', () => {
  const decision = {
    v: 1,
    id: 'line-1',
    deploymentId: aRun().attributes.deployment ?? '',
    kind: 'yield',
    actor: 'ci',
    reason: null,
    issuedAt: 0,
    expiresAt: 1,
  } as const;

  test('the answer comes back', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    runs.record = aRecord({ kind: 'yield' });
    const delivery = { ref: REF, runId: 'run-1', decision };
    expect(await createDeploymentRuns(runs).decide(delivery, signal)).toBe(runs.record);
    expect(runs.signals).toEqual([decision]);
  });

  test('a run that has ended answers nothing', async () => {
    const delivery = { ref: REF, runId: 'run-1', decision };
    expect(await createDeploymentRuns(new FakeRuns()).decide(delivery, signal)).toBeNull();
  });
});
