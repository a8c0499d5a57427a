import { parseConfig } from '../../../src/config/parse-config';
import { requestFor } from '../../../src/config/assemble-request';
import type { StepStatus } from '../../../src/domain/status';
import { addWindows, emptyCount, requestsOf } from '../../../bench/zero-loss/platform-count.mjs';
import { addRecord, emptySums } from '../../../bench/zero-loss/load-sums.mjs';
import { isMoment } from '../../../bench/zero-loss/moments.mjs';
import { nextWay } from '../../../bench/zero-loss/schedule.mjs';
import { serviceFile } from '../../../bench/zero-loss/service-file.mjs';
import { STRATEGIES } from '../../../bench/zero-loss/strategies.mjs';
import { whereWas } from '../../../bench/zero-loss/where-was.mjs';
import { aRecord, aWindow } from './zero-loss-samples';

describe('which way the next deployment goes', () => {
  const ways = ['forward', 'split', 'warm'] as const;

  it('is one after the other, and from the first again, until enough was sent', () => {
    const at = (played: number, sent: number) => nextWay({ ways, played, sent, requests: 100 });
    expect([0, 1, 2, 3, 4].map((played) => at(played, 0))).toEqual([...ways, 'forward', 'split']);
    expect(at(4, 99)).toBe('split');
    expect(at(4, 100)).toBeNull();
  });

  it('is forward and back at least once, however few requests are wanted', () => {
    expect(nextWay({ ways, played: 1, sent: 1_000, requests: 1 })).toBe('split');
    expect(nextWay({ ways, played: 2, sent: 1_000, requests: 1 })).toBeNull();
  });

  it.each(STRATEGIES)('goes forward, and back in the middle and in warm ($name)', (strategy) => {
    expect(strategy.ways[0]).toBe('forward');
    expect(strategy.ways.at(-1)).toBe('warm');
    expect(strategy.ways.length).toBeGreaterThanOrEqual(3);
  });
});

describe('the moment of a decision', () => {
  it('is the split while a step before the last is watched', () => {
    expect(isMoment('split', rollout([aStep('bake', 'doing')]))).toBe(true);
    expect(isMoment('split', rollout([aStep('bake', 'done'), aStep('shift', 'doing')]))).toBe(
      false,
    );
  });

  it('is after the switch while everybody is on the new revision and it is not live', () => {
    const verify = { ...aStep('bake', 'doing'), phase: 'verify' } as const;
    expect(isMoment('switched', rollout([verify]))).toBe(true);
    expect(isMoment('switched', rollout([aStep('bake', 'doing')]))).toBe(false);
    expect(isMoment('split', rollout([verify]))).toBe(false);
  });

  it('is after the switch too while recreate still ends what the old revision has begun', () => {
    const release = aStep('releaseRequests', 'done');
    expect(isMoment('switched', rollout([release, aStep('drain', 'doing')]))).toBe(true);
  });

  it('is the gap from when requests wait until they go on', () => {
    const [queue, release] = ['queueRequests', 'releaseRequests'] as const;
    expect(isMoment('gap', rollout([aStep(queue, 'doing')]))).toBe(false);
    expect(isMoment('gap', rollout([aStep(queue, 'done'), aStep(release, 'to do')]))).toBe(true);
    expect(isMoment('gap', rollout([aStep(queue, 'done'), aStep(release, 'done')]))).toBe(false);
  });

  it('is warm from when it is live', () => {
    expect(isMoment('warm', { phase: 'warm', steps: [] })).toBe(true);
    expect(isMoment('warm', rollout([]))).toBe(false);
  });
});

describe("the router's own count", () => {
  it('counts a request once where it was answered, whoever answered it', () => {
    const count = emptyCount();
    addWindows(count, [aWindow(7, { answered: 10, failed: 2, aborted: 1, own: 3 })]);
    expect(requestsOf(count)).toBe(14);
    expect(count.failedAttempts).toBe(2);
  });

  it('counts each second once, however often it is read', () => {
    const count = emptyCount();
    const [first, second] = [aWindow(7, { answered: 10 }), aWindow(8, { answered: 5 })];
    addWindows(count, [first]);
    addWindows(count, [first, second]);
    expect(requestsOf(count)).toBe(15);
    expect(count.lastNumber).toBe(8);
  });

  it('keeps the longest wait', () => {
    const count = emptyCount();
    addWindows(count, [aWindow(1, { longestMs: 700 }), aWindow(2, { longestMs: 300 })]);
    expect(count.longestQueuedMs).toBe(700);
  });
});

test('the load is summed by kind; a stream counts until its headers', () => {
  const sums = emptySums();
  addRecord(sums, aRecord({ kind: 'get', endedAtMs: 1_030 }));
  addRecord(sums, aRecord({ kind: 'download', endedAtMs: 31_000, answeredAtMs: 1_020 }));
  addRecord(sums, aRecord({ kind: 'download', outcome: 'STALLED', answeredAtMs: 1_010 }));
  expect(sums.kinds).toEqual({
    get: { requests: 1, failed: 0, longestMs: 30 },
    download: { requests: 2, failed: 1, longestMs: 20 },
  });
  expect(sums.failures.map(({ outcome }) => outcome)).toEqual(['STALLED']);
});

describe('what a deployment was doing', () => {
  const steps = [
    aStep('launch', 'done', [1_000, 2_000]),
    aStep('drain', 'done', [2_000, 9_000]),
    aStep('retire', 'to do'),
  ];
  const phases = [{ phase: 'rollout', startedAtMs: 900, endedAtMs: 9_500, result: null } as const];
  const status = { steps, phases, startedAtMs: 900, endedAtMs: 10_000 };
  const rounds = [{ label: 'round-1', way: 'forward', status }];

  it('is its phase and step at that moment', () => {
    expect(whereWas(rounds, 3_000)).toBe('round-1 (forward): rollout +2100 ms, 01-drain +1000 ms');
  });

  it('is nothing between two of them', () => {
    expect(whereWas(rounds, 20_000)).toBe('between two deployments');
  });
});

test.each(STRATEGIES)('Belay reads the belay.yaml of $name without a remark', (strategy) => {
  const where = { service: 'shop-bench', environment: 'bench', artifact: '/tmp/a: b', port: 8123 };
  const text = serviceFile({ ...where, label: 'round-1', block: strategy.block });
  const config = parseConfig(text, { file: 'belay.yaml' });
  const request = requestFor(config, { strategy: strategy.name });
  expect(request).toMatchObject({
    strategy: { kind: strategy.name },
    run: { drainMs: 40_000, env: { BENCH_REVISION: 'round-1' } },
    approval: null,
    notes: [],
  });
});

function rollout(steps: readonly StepStatus[]) {
  return { phase: 'rollout', steps } as const;
}

function aStep(
  kind: StepStatus['kind'],
  state: StepStatus['state'],
  [startedAtMs, endedAtMs]: readonly [number, number] | readonly [null, null] = [null, null],
): StepStatus {
  const words = {
    id: `01-${kind}`,
    summary: kind,
    result: null,
    candidateWeight: null,
    limits: null,
  };
  return { ...words, kind, state, phase: 'rollout', startedAtMs, endedAtMs };
}
