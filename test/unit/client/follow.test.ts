import { follow } from '../../../src/client/follow';
import type { StatusView } from '../../../src/client/index';
import { BelayError } from '../../../src/domain/errors';
import { aView } from './samples';

function reader(...answers: (StatusView | Error)[]): () => Promise<StatusView> {
  return async () => {
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (next === undefined || next instanceof Error) throw next ?? new Error('no answer');
    return next;
  };
}

const rollingOut = aView();
const live = aView({ phase: 'warm', live: true });
const ended = aView({ phase: 'ended', outcome: 'succeeded' });
const away = new BelayError('TEMPORAL_UNAVAILABLE', 'away');

describe('following a deployment', () => {
  test('until live it stops in warm', async () => {
    const result = await follow(reader(rollingOut, live), { until: 'live', intervalMs: 1 });
    expect(result).toEqual({ end: 'reached', view: live });
  });

  test('until ended it looks on through warm', async () => {
    const result = await follow(reader(live, ended), { until: 'ended', intervalMs: 1 });
    expect(result).toEqual({ end: 'reached', view: ended });
  });

  test('one that ends early is an end for both', async () => {
    const blocked = aView({ phase: 'ended', outcome: 'blocked' });
    expect((await follow(reader(blocked), { until: 'live' })).end).toBe('reached');
  });

  test('when the time is over it says so and shows the last view', async () => {
    const result = await follow(reader(rollingOut), { until: 'live', timeoutMs: 0 });
    expect(result).toEqual({ end: 'expired', view: rollingOut });
  });

  test('the signal stops it at once, in mid-pause', async () => {
    const controller = new AbortController();
    const following = follow(reader(rollingOut), {
      until: 'live',
      intervalMs: 60_000,
      signal: controller.signal,
      onStatus: () => setImmediate(() => controller.abort()),
    });
    expect((await following).end).toBe('detached');
  });

  test('the signal stops it at once, while a read hangs', async () => {
    const controller = new AbortController();
    const hangs = (): Promise<StatusView> => new Promise(() => undefined);
    const following = follow(hangs, { until: 'live', signal: controller.signal });
    controller.abort();
    expect(await following).toEqual({ end: 'detached', view: null });
  });

  test('a Temporal that is away for a while is told and outlived', async () => {
    const troubles: string[] = [];
    const result = await follow(reader(away, away, live), {
      until: 'live',
      intervalMs: 1,
      onTrouble: (message) => void troubles.push(message),
    });
    expect(result.view).toBe(live);
    expect(troubles).toEqual(['away', 'away']);
  });

  test('an accident of ours is not hidden', async () => {
    await expect(follow(reader(new Error('bug')), { until: 'live' })).rejects.toThrow('bug');
  });
});
