import { defaultPayloadConverter } from '@temporalio/common';
import { deploymentClient } from '../../../src/client/deployment-client';
import { newestWatch } from '../../../src/client/live-watch';
import type { RunOutcome, RunState } from '../../../src/client/temporal-runs';
import type { Verdict } from '../../../src/domain/analysis/verdict';
import type { LiveWatch } from '../../../src/domain/status';
import { FakeRuns } from './fake-runs';
import { aRequest, aRun, aStatus, DEPLOYMENT, NEW, OLD, REF } from './samples';

async function statusOf(runs: FakeRuns) {
  const client = deploymentClient(runs);
  return client.status(await client.find(REF));
}

describe('reading the status', () => {
  test("the workflow's own answer comes first", async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    expect(await statusOf(runs)).toMatchObject({
      source: 'workflow',
      because: null,
      status: aStatus(),
    });
  });

  test('without a worker, what Temporal knows is shown and the reason is said', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    runs.statuses = [new Error('deadline exceeded')];
    const view = await statusOf(runs);
    expect(view).toMatchObject({
      source: 'temporal',
      because: expect.stringContaining('no worker') as string,
      status: {
        phase: 'rollout',
        weights: { stable: 80, candidate: 20 },
        observed: null,
        outcome: null,
      },
    });
  });

  test('an answer that cannot be read is no crash', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    runs.statuses = ['garbage'];
    expect(await statusOf(runs)).toMatchObject({
      source: 'temporal',
      because: expect.stringContaining('cannot read') as string,
    });
  });

  const rolledBack: RunOutcome = {
    kind: 'outcome',
    outcome: {
      deploymentId: DEPLOYMENT,
      outcome: 'rolled-back',
      cause: 'error rate 8 %',
      revision: NEW,
      serving: OLD,
      leftBehind: [],
    },
  };
  const unread: RunOutcome = {
    kind: 'failure',
    message: 'weights were not observed',
    leftBehind: [],
  };

  test.each<[RunState, RunOutcome | null, object]>([
    ['completed', rolledBack, { outcome: 'rolled-back', stable: OLD, cause: 'error rate 8 %' }],
    ['failed', unread, { outcome: 'rollback-incomplete', cause: 'weights were not observed' }],
    ['cancelled', unread, { outcome: 'cancelled' }],
    ['stopped', null, { outcome: 'rollback-incomplete' }],
    ['completed', null, { outcome: null }],
  ])(
    'a run that is %s without a worker: the result in its history counts (%#)',
    async (state, result, expected) => {
      const runs = new FakeRuns();
      runs.runs.push(aRun());
      runs.result = result;
      runs.end(state);
      runs.result = result;
      runs.statuses = [new Error('no worker')];
      const { status } = await statusOf(runs);
      expect(status).toMatchObject({ phase: 'ended', ...expected });
    },
  );
});

describe('what a run was asked for', () => {
  const request = aRequest({
    reason: 'the new checkout',
    approval: { approvers: [], quorum: 2, deadlineMs: 1, onDeadline: 'reject' },
  });

  test('is read from its history, once a client', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    runs.histories = { 'run-1': { request, opening: null, closing: null, candidate: null } };
    let asked = 0;
    const read = runs.request.bind(runs);
    runs.request = async (ref) => {
      asked += 1;
      return read(ref);
    };
    const client = deploymentClient(runs);
    const run = await client.find(REF);
    await client.status(run);
    expect((await client.status(run)).origin).toEqual({
      commit: 'f'.repeat(40),
      reason: 'the new checkout',
      approvalsNeeded: 2,
    });
    expect(asked).toBe(1);
  });

  test('is left out where Temporal does not say it', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    runs.request = async () => {
      throw new Error('deadline exceeded');
    };
    expect(await statusOf(runs)).not.toHaveProperty('origin');
  });
});

test('a worker of before does not know every field, and the status has them all', async () => {
  const runs = new FakeRuns();
  runs.runs.push(aRun());
  const { openAlerts: _1, performance: _2, session: _3, undo: _4, ...old } = aStatus();
  const { limits: _5, ...step } = {
    id: '01-launch',
    kind: 'launch',
    phase: 'rollout',
    summary: 'launch',
    state: 'doing',
    startedAtMs: 1,
    endedAtMs: null,
    result: null,
    candidateWeight: null,
    limits: null,
  } as const;
  runs.statuses = [{ ...old, steps: [step] } as never];
  expect((await statusOf(runs)).status).toMatchObject({
    openAlerts: [],
    performance: null,
    session: null,
    undo: null,
    steps: [{ limits: null }],
  });
});

describe('what the watcher sees between two events', () => {
  const verdict: Verdict = {
    kind: 'not-yet',
    rule: 'samples',
    sentence: '12 of 50 requests',
    evidence: [],
    window: 3,
  };
  const totals = { stable: { requests: 90, errors: 0 }, candidate: { requests: 12, errors: 0 } };
  const watch: LiveWatch = {
    stepId: '04-bake-20',
    verdict,
    totals,
    observed: { stable: 81, candidate: 19 },
    atMs: 5,
    session: { atMs: 5, healthy: null, score: null, monitors: [] },
    nextAtMs: 6,
  };
  const baking = aStatus({
    step: '04-bake-20',
    steps: [
      {
        id: '04-bake-20',
        kind: 'bake',
        phase: 'rollout',
        summary: 'watch',
        state: 'doing',
        startedAtMs: 1,
        endedAtMs: null,
        result: null,
        candidateWeight: 20,
        limits: null,
      },
    ],
  });

  test('is shown while it watches', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun({ watch }));
    runs.statuses = [baking];
    const { status, look } = await statusOf(runs);
    expect(status).toMatchObject({
      verdict,
      totals,
      observed: watch.observed,
      session: watch.session,
    });
    expect(look).toEqual({ atMs: 5, nextAtMs: 6, stepRequests: null });
  });

  test('of a worker of before is shown, too', async () => {
    const runs = new FakeRuns();
    const { session: _session, nextAtMs: _nextAtMs, ...before } = watch;
    runs.runs.push(aRun({ watch: before as LiveWatch }));
    runs.statuses = [baking];
    const { status, look } = await statusOf(runs);
    expect(status).toMatchObject({ verdict, session: null });
    expect(look).toEqual({ atMs: 5, nextAtMs: null, stepRequests: null });
  });

  test('of an earlier step is not', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun({ watch: { ...watch, stepId: '02-bake-5' } }));
    runs.statuses = [baking];
    expect((await statusOf(runs)).status).toEqual(baking);
  });

  test('is read from the newest heartbeat, and junk in between is passed over', () => {
    const payload = (value: unknown) => defaultPayloadConverter.toPayload(value);
    const newest = newestWatch([
      { heartbeatDetails: { payloads: [payload(watch)] } },
      { heartbeatDetails: { payloads: [payload({ ...watch, atMs: 9 }), payload('junk')] } },
      { heartbeatDetails: { payloads: [{ metadata: {}, data: new Uint8Array([1]) }] } },
      {},
    ]);
    expect(newest?.atMs).toBe(9);
  });
});
