import { DrainLimit } from '../../../src/platform/supervisor/drain-limit';
import { pause } from '../../support/until';

describe('the limit of a drain', () => {
  test('is over after its time', async () => {
    const limit = new DrainLimit();
    limit.atMost(30);
    expect(limit.signal.aborted).toBe(false);
    expect(await isOverWithin(5_000, limit)).toBe(true);
  });

  test('can come nearer', async () => {
    const limit = new DrainLimit();
    limit.atMost(60_000);
    limit.atMost(30);
    expect(await isOverWithin(5_000, limit)).toBe(true);
  });

  test('never moves away', async () => {
    const limit = new DrainLimit();
    limit.atMost(30);
    limit.atMost(60_000);
    expect(await isOverWithin(5_000, limit)).toBe(true);
  });

  test('does not ring after the drain has ended', async () => {
    const limit = new DrainLimit();
    limit.atMost(30);
    limit.clear();
    expect(await isOverWithin(60, limit)).toBe(false);
  });
});

async function isOverWithin(ms: number, { signal }: DrainLimit): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!signal.aborted && performance.now() < deadline) await pause(5);
  return signal.aborted;
}
