import { PlatformError } from '../../../src/platform/platform-error';
import { FenceBook } from '../../../src/platform/state/fence-book';

const FIRST = { deploymentId: 'd1', runId: 'r1' };
const SECOND = { deploymentId: 'd2', runId: 'r1' };

/** What was really done. */
let acts: string[] = [];

beforeEach(() => {
  acts = [];
});

describe('claims', () => {
  test('the first claim follows epoch 0 and has no previous', () => {
    expect(emptyBook().take({ ...FIRST, after: 0 })).toMatchObject({ epoch: 1, previous: null });
  });

  test('the next claim follows the epoch that its owner saw, and is told whom it follows', () => {
    const book = claimedBook();
    const previous = { ...FIRST, epoch: 1, released: false };
    expect(book.take({ ...SECOND, after: 1 })).toMatchObject({ epoch: 2, previous });
  });

  test('the same deployment and run gets its own epoch again, whatever it saw', () => {
    const book = claimedBook();
    const again = { epoch: 1, previous: null, isNew: false };
    expect(book.take({ ...FIRST, after: 0 })).toEqual(again);
    expect(book.take({ ...FIRST, after: 1 })).toEqual(again);
    expect(book.take({ ...FIRST, after: 7 })).toEqual(again);
  });

  test('another run of the same deployment is another owner', () => {
    const book = claimedBook();
    expect(book.take({ deploymentId: 'd1', runId: 'r2', after: 1 })).toMatchObject({ epoch: 2 });
  });

  test.each([0, 2, 5])(
    'a claim after %d is refused when epoch 1 stands, naming the holder',
    (after) => {
      expect(() => claimedBook().take({ ...SECOND, after })).toThrow(
        /epoch 1 stands.*held by d1, run r1/,
      );
    },
  );

  test('of two that saw the same epoch only the first gets the next', () => {
    const book = claimedBook();
    book.take({ ...SECOND, after: 1 });
    expect(codeOfThrown(() => book.take({ deploymentId: 'd3', runId: 'r1', after: 1 }))).toBe(
      'FENCED',
    );
  });

  test('its owner may claim again after a release and gets the next epoch', () => {
    const book = claimedBook();
    book.release();
    expect(book.take({ ...FIRST, after: 1 })).toMatchObject({
      epoch: 2,
      previous: { released: true },
    });
  });
});

describe('the order of effects', () => {
  test('rising numbers are accepted, with gaps too', async () => {
    const book = claimedBook();
    expect(await run(book, 1, 'a')).toBe('did a');
    expect(await run(book, 5, 'b')).toBe('did b');
  });

  test('the same number with the same body answers as before and does nothing', async () => {
    const book = claimedBook();
    const asked = { weights: { x: 1, y: [1, { z: 2 }] } };
    const sameInOtherOrder = { weights: { y: [1, { z: 2 }], x: 1 } };
    await run(book, 1, asked);
    expect(await run(book, 1, sameInOtherOrder)).toBe('did [object Object]');
    expect(acts).toHaveLength(1);
  });

  test('a repeat while the first still runs waits for its answer', async () => {
    const book = claimedBook();
    let finish: (answer: string) => void = () => undefined;
    const act = (): Promise<string> => new Promise((resolve) => (finish = resolve));
    const fence = { epoch: 1, n: 1 };
    const first = book.run({ fence, body: 'drain', check: () => undefined, act });
    const repeat = run(book, 1, 'drain');
    finish('drained');
    expect(await Promise.all([first, repeat])).toEqual(['drained', 'drained']);
  });

  test('a long effect does not block a later one, and its own repeat is then outdated', async () => {
    const book = claimedBook();
    let finish: (answer: string) => void = () => undefined;
    const act = (): Promise<string> => new Promise((resolve) => (finish = resolve));
    const first = book.run({
      fence: { epoch: 1, n: 1 },
      body: 'drain',
      check: () => undefined,
      act,
    });
    expect(await run(book, 2, 'weights')).toBe('did weights');
    await expect(run(book, 1, 'drain')).rejects.toMatchObject({ code: 'FENCED' });
    finish('drained');
    expect(await first).toBe('drained');
    expect(await run(book, 2, 'weights')).toBe('did weights');
  });

  test.each([
    {
      name: 'the same number with another body',
      epoch: 1,
      n: 3,
      body: 'b',
      code: 'FENCE_CONFLICT',
    },
    { name: 'an older number', epoch: 1, n: 2, body: 'a', code: 'FENCED' },
    { name: 'an older epoch', epoch: 0, n: 9, body: 'a', code: 'FENCED' },
    { name: 'an epoch that nobody claimed yet', epoch: 2, n: 9, body: 'a', code: 'FENCED' },
  ])('$name is refused', async ({ epoch, n, body, code }) => {
    const book = claimedBook();
    await run(book, 3, 'a');
    const act = (): Promise<string> => Promise.resolve('done');
    const refused = book.run({ fence: { epoch, n }, body, check: () => undefined, act });
    await expect(refused).rejects.toMatchObject({ code });
  });

  test('before any claim nothing is accepted', async () => {
    await expect(run(emptyBook(), 1, 'a')).rejects.toMatchObject({ code: 'FENCED' });
  });

  test('an effect that a rule refuses, or that fails, leaves its place free', async () => {
    const book = claimedBook();
    const fence = { epoch: 1, n: 1 };
    const check = (): void => {
      throw new PlatformError('HAS_WEIGHT', 'no');
    };
    const ruled = book.run({ fence, body: 'a', check, act: () => Promise.resolve('never') });
    await expect(ruled).rejects.toMatchObject({ code: 'HAS_WEIGHT' });
    const act = (): Promise<string> => Promise.reject(new Error('disk'));
    const failed = book.run({ fence, body: 'b', check: () => undefined, act });
    await expect(failed).rejects.toThrow('disk');
    expect(await run(book, 1, 'c')).toBe('did c');
  });

  test('a release ends the epoch, and may itself be repeated', async () => {
    const book = claimedBook();
    const release = (): Promise<unknown> =>
      book.run({
        fence: { epoch: 1, n: 1 },
        body: 'release',
        check: () => undefined,
        act: () => {
          book.release();
          return Promise.resolve('released');
        },
      });
    await release();
    expect(await release()).toBe('released');
    await expect(run(book, 2, 'late')).rejects.toMatchObject({ code: 'FENCED' });
  });

  test('a new claim starts its own order, and ends the former one', async () => {
    const book = claimedBook();
    await run(book, 7, 'a');
    book.take({ ...SECOND, after: 1 });
    await expect(run(book, 8, 'b')).rejects.toMatchObject({ code: 'FENCED' });
    const act = (): Promise<string> => Promise.resolve('done');
    const first = book.run({ fence: { epoch: 2, n: 1 }, body: 'c', check: () => undefined, act });
    expect(await first).toBe('done');
  });

  test('all of it survives being written down and read again', async () => {
    const book = claimedBook();
    await run(book, 4, 'a');
    const read = new FenceBook(
      JSON.parse(JSON.stringify(book.state())) as ReturnType<FenceBook['state']>,
    );
    acts = [];
    expect(await run(read, 4, 'a')).toBe('did a');
    expect(acts).toEqual([]);
    await expect(run(read, 4, 'b')).rejects.toMatchObject({ code: 'FENCE_CONFLICT' });
    await expect(run(read, 3, 'a')).rejects.toMatchObject({ code: 'FENCED' });
    expect(read.take({ ...FIRST, after: 0 })).toMatchObject({ epoch: 1, isNew: false });
  });
});

function emptyBook(): FenceBook {
  return new FenceBook({ claim: null, previous: null, last: null });
}

function claimedBook(): FenceBook {
  const book = emptyBook();
  book.take({ ...FIRST, after: 0 });
  return book;
}

function run(book: FenceBook, n: number, body: unknown): Promise<string> {
  return book.run({
    fence: { epoch: 1, n },
    body,
    check: () => undefined,
    act: () => {
      acts.push(String(body));
      return Promise.resolve(`did ${String(body)}`);
    },
  });
}

function codeOfThrown(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof PlatformError ? error.code : String(error);
  }
}
