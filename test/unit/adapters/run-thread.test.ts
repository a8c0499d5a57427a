import { resolve } from 'node:path';
import { runThread, type ThreadEnd } from '../../../src/adapters/inspection/run-thread';

const FILE = resolve(__dirname, '../../fixtures/validation/misbehaving-thread.ts');
const LIMITS = { timeoutMs: 20_000, memoryMb: 64 };

// Each start of a thread compiles the sources.
jest.setTimeout(60_000);

describe('a thread', () => {
  it('that has answered takes the next order, up to a number of orders', async () => {
    const ids: number[] = [];
    for (let order = 0; order < 30; order += 1) ids.push(await idOf());
    expect(new Set(ids).size).toBe(2);
    expect(ids[24]).toBe(ids[0]);
  });

  it('answers one order at a time', async () => {
    const [one, other] = await Promise.all([idOf(), idOf()]);
    expect(one).not.toBe(other);
  });

  it.each([
    ['throw', { kind: 'failed', reason: 'it broke: TypeError' }],
    ['exit', { kind: 'failed', reason: 'it ended without an answer' }],
    ['memory', { kind: 'failed', reason: 'it broke: ERR_WORKER_OUT_OF_MEMORY' }],
  ])('that is told to %s fails its order alone, and takes no other', async (what, end) => {
    const before = await idOf();
    expect(await ask(what)).toEqual(end);
    expect(await idOf()).not.toBe(before);
  });

  it('that takes too long is ended', async () => {
    const before = await idOf();
    const reason = 'it took longer than 1000 ms and was ended while it looked at nothing yet';
    const end = await ask('hang', { timeoutMs: 1_000 });
    expect(end).toEqual({ kind: 'timed-out', reason });
    expect(await idOf()).not.toBe(before);
  });

  it('that nobody waits for any more is ended', async () => {
    const before = await idOf();
    const leaving = new AbortController();
    const attempt = ask('hang', { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 200);
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    expect(await idOf()).not.toBe(before);
  });

  it('that holds much after its answer takes no other order', async () => {
    const grown = await ask('grow');
    expect(grown.kind).toBe('result');
    expect(await idOf()).not.toBe(grown.kind === 'result' ? grown.result : 0);
  });
});

function ask(
  data: string,
  change: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<ThreadEnd<number>> {
  const signal = new AbortController().signal;
  return runThread<number>({
    file: FILE,
    data,
    ...LIMITS,
    signal,
    progress: () => undefined,
    ...change,
  });
}

async function idOf(): Promise<number> {
  const end = await ask('answer');
  if (end.kind !== 'result') throw new Error(end.reason);
  return end.result;
}
