import { DrainLimit } from '../../../src/platform/supervisor/drain-limit';
import { pause, until } from '../../support/until';

describe('the limit of a drain', () => {
  test('is over after its time', async () => {
    const limit = new DrainLimit();
    limit.atMost(30);
    expect(limit.signal.aborted).toBe(false);
    await until(() => limit.signal.aborted);
  });

  test('can come nearer', async () => {
    const limit = new DrainLimit();
    limit.atMost(60_000);
    limit.atMost(30);
    await until(() => limit.signal.aborted);
  });

  test('never moves away', async () => {
    const limit = new DrainLimit();
    limit.atMost(30);
    limit.atMost(60_000);
    await until(() => limit.signal.aborted);
  });

  test('does not ring after the drain has ended', async () => {
    const limit = new DrainLimit();
    limit.atMost(30);
    limit.clear();
    await pause(60);
    expect(limit.signal.aborted).toBe(false);
  });
});
