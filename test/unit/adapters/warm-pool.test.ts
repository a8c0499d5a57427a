import { setTimeout as sleep } from 'node:timers/promises';
import { createWarmPool, type Warm } from '../../../src/adapters/inspection/warm-pool';

interface Recorded extends Warm {
  readonly calls: string[];
}

function warm(): Recorded {
  const calls: string[] = [];
  return {
    calls,
    rest: () => calls.push('rest'),
    wake: () => calls.push('wake'),
    end: () => calls.push('end'),
  };
}

describe('what rests in a pool', () => {
  it('is taken by who needs the same, once, and awake', () => {
    const pool = createWarmPool<Recorded>({ mostResting: 2, restMs: 60_000 });
    const one = warm();
    pool.keep('parser', one);
    expect(pool.take('scanner')).toBeNull();
    expect(pool.take('parser')).toBe(one);
    expect(pool.take('parser')).toBeNull();
    expect(one.calls).toEqual(['rest', 'wake']);
  });

  it('is never more than so many: another ends at once', () => {
    const pool = createWarmPool<Recorded>({ mostResting: 1, restMs: 60_000 });
    const [one, other] = [warm(), warm()];
    pool.keep('parser', one);
    pool.keep('parser', other);
    expect([one.calls, other.calls]).toEqual([['rest'], ['end']]);
    pool.endAll();
  });

  it('ends when nobody needed it for a while', async () => {
    const pool = createWarmPool<Recorded>({ mostResting: 1, restMs: 50 });
    const one = warm();
    pool.keep('parser', one);
    await sleep(200);
    expect(one.calls).toEqual(['rest', 'end']);
    expect(pool.take('parser')).toBeNull();
  });

  it('does not end while it works again', async () => {
    const pool = createWarmPool<Recorded>({ mostResting: 1, restMs: 50 });
    const one = warm();
    pool.keep('parser', one);
    pool.take('parser');
    await sleep(200);
    expect(one.calls).toEqual(['rest', 'wake']);
  });

  it('is forgotten when it has died', () => {
    const pool = createWarmPool<Recorded>({ mostResting: 1, restMs: 60_000 });
    const one = warm();
    pool.keep('parser', one);
    pool.forget(one);
    expect(pool.take('parser')).toBeNull();
  });
});
