import type { EnvironmentRegistration } from '../../../src/config/environment-registration';
import { EnvironmentStarts } from '../../../src/workers/environment-starts';

const registered = (environment: string): EnvironmentRegistration =>
  ({ environment }) as EnvironmentRegistration;

/** Environments `staging` and `production`; `start` ends as the test says. */
function starts(start: (environment: string) => Promise<void>) {
  const asked: string[] = [];
  const failures: string[] = [];
  const stop = new AbortController();
  const looks = new EnvironmentStarts({
    list: () => [registered('staging'), registered('production')],
    start: ({ environment }) => {
      asked.push(environment);
      return start(environment);
    },
    onFailure: (message) => failures.push(message),
    signal: stop.signal,
  });
  return { looks, asked, failures, stop };
}

describe('taking up environments', () => {
  test('starts each one once, however often it looks', async () => {
    const { looks, asked } = starts(async () => undefined);
    for (let look = 0; look < 3; look += 1) await looks.look();
    expect(asked).toEqual(['staging', 'production']);
  });

  test('tries one that failed again, and keeps no other one back for it', async () => {
    let failing = true;
    const { looks, asked } = starts(async (environment) => {
      if (environment === 'staging' && failing) throw new Error('no such home');
    });
    await looks.look();
    expect(asked).toEqual(['staging', 'production']);
    failing = false;
    await looks.look();
    await looks.look();
    expect(asked).toEqual(['staging', 'production', 'staging']);
  });

  test('starts none twice while its start is still in progress', async () => {
    const finish: (() => void)[] = [];
    const { looks, asked } = starts(() => new Promise((resolve) => finish.push(resolve)));
    const both = Promise.all([looks.look(), looks.look()]);
    let isSettled = false;
    const settled = looks.settled().then(() => (isSettled = true));
    await Promise.resolve();
    expect(asked).toEqual(['staging', 'production']);
    expect(isSettled).toBe(false);
    for (const end of finish) end();
    await both;
    await settled;
    await looks.look();
    expect(asked).toEqual(['staging', 'production']);
  });

  test('tells a reason once, and a new one again', async () => {
    let reason = 'no such home';
    const { looks, failures } = starts(async () => {
      throw new Error(reason);
    });
    await looks.look();
    await looks.look();
    expect(failures).toHaveLength(2);
    expect(failures[0]).toContain('environment staging (no such home)');
    expect(failures[0]).toContain('traffic stays as it is');
    reason = 'Temporal is away';
    await looks.look();
    expect(failures).toHaveLength(4);
  });

  test('outlives a list that cannot be read', async () => {
    const failures: string[] = [];
    const looks = new EnvironmentStarts({
      list: () => {
        throw new Error('EACCES');
      },
      start: async () => undefined,
      onFailure: (message) => failures.push(message),
      signal: new AbortController().signal,
    });
    await looks.look();
    expect(failures).toEqual([expect.stringContaining('EACCES')]);
  });

  test('starts nothing more once the worker is to end', async () => {
    const { looks, asked, stop } = starts(async () => undefined);
    stop.abort();
    await looks.look();
    expect(asked).toEqual([]);
  });
});
