import { setTimeout as sleep } from 'node:timers/promises';
import {
  createWarmPool,
  type Warm,
  type WarmLimits,
} from '../../../src/adapters/inspection/warm-pool';

interface Recorded extends Warm {
  readonly calls: string[];
}

const LIMITS: WarmLimits = { mostResting: 2, restMs: 60_000, mostUses: 3, mostBytes: 100 };

function warm(): Recorded {
  const calls: string[] = [];
  return {
    calls,
    uses: 0,
    rest: () => calls.push('rest'),
    wake: () => calls.push('wake'),
    end: async () => void calls.push('end'),
  };
}

function unexpected(): never {
  throw new Error('one should rest');
}

describe('what rests in a pool', () => {
  it('is taken by who needs the same, once, and awake', async () => {
    const pool = createWarmPool<Recorded>(LIMITS);
    const [one, other, third] = [warm(), warm(), warm()];
    await pool.keep('parser', one, 0);
    expect(pool.take('scanner', () => other)).toBe(other);
    expect(pool.take('parser', unexpected)).toBe(one);
    expect(pool.take('parser', () => third)).toBe(third);
    expect(one.calls).toEqual(['rest', 'wake']);
  });

  it('is never more than so many: another ends at once', async () => {
    const pool = createWarmPool<Recorded>({ ...LIMITS, mostResting: 1 });
    const [one, other] = [warm(), warm()];
    await pool.keep('parser', one, 0);
    await pool.keep('parser', other, 0);
    expect([one.calls, other.calls]).toEqual([['rest'], ['end']]);
    pool.endAll();
  });

  it('has served after so many orders', async () => {
    const pool = createWarmPool<Recorded>(LIMITS);
    const one = warm();
    for (let orders = 0; orders < LIMITS.mostUses; orders += 1) {
      expect(pool.take('parser', () => one)).toBe(one);
      await pool.keep('parser', one, 0);
    }
    expect(one.calls).toEqual(['rest', 'wake', 'rest', 'wake', 'end']);
  });

  it('holds little: what holds more ends at once', async () => {
    const pool = createWarmPool<Recorded>(LIMITS);
    const one = warm();
    await pool.keep('parser', one, LIMITS.mostBytes + 1);
    expect(one.calls).toEqual(['end']);
  });

  it('ends when nobody needed it for a while', async () => {
    const pool = createWarmPool<Recorded>({ ...LIMITS, restMs: 50 });
    const one = warm();
    await pool.keep('parser', one, 0);
    await sleep(200);
    expect(one.calls).toEqual(['rest', 'end']);
    expect(pool.take('parser', warm)).not.toBe(one);
  });

  it('does not end while it works again', async () => {
    const pool = createWarmPool<Recorded>({ ...LIMITS, restMs: 50 });
    const one = warm();
    await pool.keep('parser', one, 0);
    pool.take('parser', unexpected);
    await sleep(200);
    expect(one.calls).toEqual(['rest', 'wake']);
  });

  it('is forgotten when it has died', async () => {
    const pool = createWarmPool<Recorded>(LIMITS);
    const one = warm();
    await pool.keep('parser', one, 0);
    pool.forget(one);
    expect(pool.take('parser', warm)).not.toBe(one);
  });
});
