import { deploymentClient } from '../../../src/client/deployment-client';
import type { LinePosition } from '../../../src/client/find-in-line';
import { aRequest, aRun, DEPLOYMENT, REF } from './samples';
import { FakeRuns } from './fake-runs';

const OTHER = 'shop-production-01KAR1X0000000000000000009';
const THIRD = 'shop-production-01KAR1X000000000000000000A';

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

  test('a Temporal that goes away just after it took the request: it is started, and its id is known', async () => {
    const runs = new FakeRuns();
    runs.describe = () => Promise.reject(new Error('away'));
    const { run, attached } = await deploymentClient(runs).start(aRequest());
    expect([run.deployment, run.runId, attached]).toEqual([DEPLOYMENT, 'run-1', false]);
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
      message: expect.stringMatching(
        new RegExp(`^${OTHER} .*Yours was not started; traffic stays as it is\\.$`),
      ) as string,
      next: expect.stringContaining('belay status shop/production --watch') as string,
    });
    expect(runs.signals).toEqual([]);
  });

  test.each(['warm', 'finish', 'ended'] as const)(
    'one in phase %s makes way: the newcomer joins the line, which needs no client any more',
    async (phase) => {
      const runs = new FakeRuns();
      runs.runs.push(aRun({ attributes: { ...aRun().attributes, phase } }));
      const requested = await deploymentClient(runs).request(aRequest({ deploymentId: OTHER }));
      expect(requested).toMatchObject({ kind: 'waiting', waiting: { deployment: OTHER } });
      expect(runs.line.joined).toMatchObject([
        { kind: 'reject', request: { deploymentId: OTHER } },
      ]);
      expect(runs.started).toEqual([]);
    },
  );

  test('one that ends between the refusal and the next look makes way too', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    const start = runs.start.bind(runs);
    runs.start = async (order) => {
      const answer = await start(order);
      if (answer.kind === 'running') runs.end('completed');
      return answer;
    };
    const started = await deploymentClient(runs).start(aRequest({ deploymentId: OTHER }), QUICK);
    expect(started).toMatchObject({ attached: false, run: { deployment: OTHER } });
  });

  test('the warm one is asked by the line, and the newcomer is started once it has ended', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun({ attributes: { ...aRun().attributes, phase: 'warm' } }));
    runs.endsOn = 'yield';
    const seen: string[] = [];
    const started = await deploymentClient(runs).start(aRequest({ deploymentId: OTHER }), {
      ...QUICK,
      onWaiting: ({ running, ahead }) => seen.push(`${running?.phase ?? 'free'} ${ahead}`),
    });
    expect(runs.signals.map(({ kind }) => kind)).toEqual(['yield']);
    expect(seen[0]).toBe('warm 1');
    expect(started).toMatchObject({ attached: false, run: { deployment: OTHER } });
  });
});

const QUICK = { intervalMs: 1 };

describe('a deployment that waits its turn', () => {
  function busy(): FakeRuns {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    return runs;
  }

  test.each(['queue', 'supersede'] as const)(
    '%s: it joins even a free lock, and overtakes nobody',
    async (conflict) => {
      const runs = new FakeRuns();
      const started = await deploymentClient(runs).start(aRequest(), { ...QUICK, conflict });
      expect(runs.line.joined).toMatchObject([{ kind: conflict }]);
      expect(started).toMatchObject({ attached: false, run: { deployment: DEPLOYMENT } });
    },
  );

  test('a way back starts at once where the lock is free, and joins as one where it is taken', async () => {
    const back = aRequest({
      deploymentId: OTHER,
      restores: { replaces: 'sha256:x', undoes: null },
    });
    const free = await deploymentClient(new FakeRuns()).request(back, { conflict: 'queue' });
    expect(free.kind).toBe('started');
    const runs = busy();
    await deploymentClient(runs).request(back);
    expect(runs.line.joined).toMatchObject([{ kind: 'rollback' }]);
  });

  test('queue: the same request key attaches to the running one without joining', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun({ requestKey: 'github:7' }));
    const request = aRequest({ deploymentId: OTHER, requestKey: 'github:7' });
    const started = await deploymentClient(runs).start(request, { conflict: 'queue' });
    expect(started).toMatchObject({ attached: true, run: { deployment: DEPLOYMENT } });
    expect(runs.line.joined).toEqual([]);
  });

  test('queue: the same request key in line is the same deployment', async () => {
    const runs = busy();
    const client = deploymentClient(runs);
    const first = aRequest({ deploymentId: OTHER, requestKey: 'github:7' });
    await client.request(first, { conflict: 'queue' });
    const waiting = client.start(
      { ...first, deploymentId: THIRD },
      { ...QUICK, conflict: 'queue' },
    );
    setTimeout(() => runs.end('completed'), 20);
    expect(await waiting).toMatchObject({ attached: true, run: { deployment: OTHER } });
  });

  test('it waits as long as it is told, and not a moment longer', async () => {
    const runs = busy();
    const before = Date.now();
    await deploymentClient(runs).request(aRequest({ deploymentId: OTHER }), {
      conflict: 'queue',
      lineWaitMs: 5_000,
    });
    const [entry] = runs.line.joined;
    expect((entry?.deadlineMs ?? 0) - (entry?.joinedAtMs ?? 0)).toBe(5_000);
    expect(entry?.joinedAtMs).toBeGreaterThanOrEqual(before);
  });

  test('it says how many go first, and who holds the lock', async () => {
    const runs = busy();
    const client = deploymentClient(runs);
    await client.request(aRequest({ deploymentId: OTHER }), { conflict: 'queue' });
    const requested = await client.request(aRequest({ deploymentId: THIRD }), {
      conflict: 'queue',
    });
    if (requested.kind !== 'waiting') throw new Error('it should wait');
    const seen: LinePosition[] = [];
    const result = await client.awaitTurn(requested.waiting, {
      ...QUICK,
      timeoutMs: 20,
      onWaiting: (position) => seen.push(position),
    });
    expect(result).toMatchObject({ end: 'expired', waiting: { deployment: THIRD } });
    expect(seen[0]).toMatchObject({
      ahead: 2,
      place: { place: 2 },
      running: { deployment: DEPLOYMENT, phase: 'rollout' },
    });
  });

  test('superseded while it waits: the error names the newer one', async () => {
    const runs = busy();
    const client = deploymentClient(runs);
    const waiting = client.start(aRequest({ deploymentId: OTHER }), {
      ...QUICK,
      conflict: 'queue',
    });
    setTimeout(
      () => void client.request(aRequest({ deploymentId: THIRD }), { conflict: 'supersede' }),
      20,
    );
    await expect(waiting).rejects.toMatchObject({
      code: 'SUPERSEDED',
      message: expect.stringContaining(THIRD) as string,
    });
  });

  test('taken out by somebody: the error says by whom and why', async () => {
    const runs = busy();
    const client = deploymentClient(runs);
    const waiting = client.start(aRequest({ deploymentId: OTHER }), {
      ...QUICK,
      conflict: 'queue',
    });
    const order = { deploymentId: OTHER, actor: 'bob', reason: 'a typo' };
    setTimeout(() => void client.leaveLine(order), 20);
    await expect(waiting).rejects.toMatchObject({
      code: 'LEFT_LINE',
      message: expect.stringMatching(/bob .*a typo/) as string,
    });
  });

  test('a full line refuses', async () => {
    const runs = busy();
    const client = deploymentClient(runs);
    for (let number = 0; number < 10; number += 1) {
      await client.request(aRequest({ deploymentId: `${OTHER}${number}` }), { conflict: 'queue' });
    }
    const late = client.start(aRequest({ deploymentId: THIRD }), { ...QUICK, conflict: 'queue' });
    await expect(late).rejects.toMatchObject({ code: 'LINE_FULL' });
  });

  test('Ctrl-C only stops looking', async () => {
    const runs = busy();
    const client = deploymentClient(runs);
    const requested = await client.request(aRequest({ deploymentId: OTHER }), {
      conflict: 'queue',
    });
    if (requested.kind !== 'waiting') throw new Error('it should wait');
    const interrupted = new AbortController();
    const looking = client.awaitTurn(requested.waiting, { signal: interrupted.signal });
    interrupted.abort();
    expect(await looking).toMatchObject({ end: 'detached', waiting: { deployment: OTHER } });
    expect((await client.line(REF)).waiting).toMatchObject([{ deploymentId: OTHER }]);
  });

  test('a worker that is away is told, and waited for', async () => {
    const runs = busy();
    const client = deploymentClient(runs);
    const requested = await client.request(aRequest({ deploymentId: OTHER }), {
      conflict: 'queue',
    });
    if (requested.kind !== 'waiting') throw new Error('it should wait');
    runs.line.hasWorker = false;
    const told: string[] = [];
    setTimeout(() => {
      runs.line.hasWorker = true;
      runs.end('completed');
    }, 20);
    const onTrouble = (message: string): void => void told.push(message);
    const result = await client.awaitTurn(requested.waiting, { ...QUICK, onTrouble });
    expect(result).toMatchObject({ end: 'started', started: { run: { deployment: OTHER } } });
    expect(told[0]).toContain('no worker');
  });
});

describe('leaving the line', () => {
  test('who waits nowhere is not found', async () => {
    await expect(
      deploymentClient(new FakeRuns()).leaveLine({
        deploymentId: OTHER,
        actor: 'bob',
        reason: null,
      }),
    ).rejects.toMatchObject({ code: 'DEPLOYMENT_NOT_FOUND' });
  });

  test('who was started in the same moment goes on, and the way to undo it is named', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    const client = deploymentClient(runs);
    await client.request(aRequest({ deploymentId: OTHER }), { conflict: 'queue' });
    const leave = runs.leaveLine.bind(runs);
    runs.leaveLine = async (ref, order) => {
      runs.end('completed');
      await runs.queryLine();
      return leave(ref, order).then(() => true);
    };
    await expect(
      client.leaveLine({ deploymentId: OTHER, actor: 'bob', reason: null }),
    ).rejects.toMatchObject({
      code: 'DECISION_REFUSED',
      next: expect.stringContaining(`belay abort ${OTHER}`) as string,
    });
  });

  test('without a worker nobody can tell who waits', async () => {
    const runs = new FakeRuns();
    runs.runs.push(aRun());
    const client = deploymentClient(runs);
    await client.request(aRequest({ deploymentId: OTHER }), { conflict: 'queue' });
    runs.line.hasWorker = false;
    await expect(client.line(REF)).rejects.toMatchObject({ code: 'NO_WORKER' });
  });
});
