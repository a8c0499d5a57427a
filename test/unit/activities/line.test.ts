import { ApplicationFailureCategory } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createLineActivities, type LineActivities } from '../../../src/activities/line';
import type { DecisionRecord } from '../../../src/domain/approval/decision';
import type { LineEnd } from '../../../src/domain/line/line-end';
import type { LineEntry } from '../../../src/domain/line/line-entry';
import type { RunningDeployment } from '../../../src/domain/line/next-move';
import type { DecisionDelivery, DeploymentRuns } from '../../../src/ports/deployment-runs';
import { aRecord, REF } from '../client/samples';
import { anEntry, aRunning, idOf } from '../domain/line/entries';

const SILENT = new DefaultLogger('ERROR', () => undefined);
const SECOND_MS = 1_000;

/** The lock as a test sets it, and what was asked of whoever holds it. */
class FakeLock implements DeploymentRuns {
  running: RunningDeployment | null = null;
  answer: DecisionRecord | null = aRecord({ effect: 'applied' });
  readonly asked: DecisionDelivery[] = [];
  nowMs = 0;
  private readonly activities: LineActivities = createLineActivities({
    deployments: this,
    clock: () => this.nowMs,
  });

  async start(): ReturnType<DeploymentRuns['start']> {
    if (this.running === null) return { kind: 'started', runId: 'run-7' };
    return { kind: 'taken', running: this.running };
  }

  async find(): Promise<string | null> {
    return null;
  }

  async decide(delivery: DecisionDelivery): Promise<DecisionRecord | null> {
    this.asked.push(delivery);
    return this.answer;
  }

  /** One poll; a second passes. */
  async poll(entry: LineEntry): Promise<LineEnd | 'again'> {
    this.nowMs += SECOND_MS;
    const environment = new MockActivityEnvironment({}, { logger: SILENT });
    try {
      return await environment.run(this.activities.takeTurn, entry);
    } catch (error) {
      expect(error).toMatchObject({
        nonRetryable: false,
        category: ApplicationFailureCategory.BENIGN,
        nextRetryDelay: SECOND_MS,
      });
      return 'again';
    }
  }

  async pollTimes(entry: LineEntry, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) await this.poll(entry);
  }
}

describe('the turn of the head of the line', () => {
  test('a free lock: it is started', async () => {
    expect(await new FakeLock().poll(anEntry('a', 'queue'))).toEqual({
      kind: 'started',
      runId: 'run-7',
    });
  });

  test('a lock that is taken: it asks to be tried again in a second, which is no event of the history', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ trafficPercent: 50 });
    expect(await lock.poll(anEntry('a', 'queue'))).toBe('again');
    expect(lock.asked).toEqual([]);
  });

  test('what it asks names the newcomer, and who wants it', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ phase: 'warm' });
    await lock.poll(anEntry('a', 'queue'));
    expect(lock.asked).toMatchObject([
      {
        ref: REF,
        runId: 'run-1',
        decision: {
          kind: 'yield',
          deploymentId: idOf('running'),
          actor: 'ci',
          reason: `makes way for ${idOf('a')}`,
          issuedAt: SECOND_MS,
        },
      },
    ]);
  });

  test('a poll every second is no question every second', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ phase: 'warm' });
    await lock.pollTimes(anEntry('a', 'queue'), 30);
    expect(lock.asked).toHaveLength(1);
  });

  test('without an answer the same question is sent again, under the same id', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ phase: 'warm' });
    lock.answer = null;
    await lock.pollTimes(anEntry('a', 'queue'), 40);
    const ids = lock.asked.map(({ decision }) => decision.id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('what was refused is asked anew later, under another id', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ phase: 'warm' });
    lock.answer = aRecord({ effect: 'refused' });
    await lock.pollTimes(anEntry('a', 'queue'), 40);
    expect(new Set(lock.asked.map(({ decision }) => decision.id)).size).toBe(2);
  });

  test('a worker without memory asks the same under the same id', async () => {
    const [one, other] = [new FakeLock(), new FakeLock()];
    for (const lock of [one, other]) {
      lock.running = aRunning({ phase: 'warm' });
      await lock.poll(anEntry('a', 'queue'));
    }
    expect(other.asked[0]?.decision.id).toBe(one.asked[0]?.decision.id);
  });

  test('a way back that is refused a yield asks for the way back', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ phase: 'warm' });
    lock.answer = aRecord({ effect: 'refused' });
    await lock.pollTimes(anEntry('a', 'rollback'), 2);
    expect(lock.asked.map(({ decision }) => decision.kind)).toEqual(['yield', 'rollback']);
  });

  test('another run is asked on its own', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ phase: 'warm' });
    await lock.poll(anEntry('a', 'queue'));
    lock.running = aRunning({ phase: 'warm', runId: 'run-2' });
    await lock.poll(anEntry('a', 'queue'));
    expect(lock.asked.map(({ runId }) => runId)).toEqual(['run-1', 'run-2']);
  });

  test('who rejects conflicts is refused where one rolls out', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ trafficPercent: 50 });
    expect(await lock.poll(anEntry('a', 'reject'))).toMatchObject({
      kind: 'refused',
      why: 'in-progress',
    });
  });

  test('the same request key attaches', async () => {
    const lock = new FakeLock();
    lock.running = aRunning({ requestKey: 'ci:7' });
    expect(await lock.poll(anEntry('a', 'queue', { requestKey: 'ci:7' }))).toEqual({
      kind: 'attached',
      to: idOf('running'),
    });
  });
});
