import fc from 'fast-check';
import { chooseCandidate } from '../../../../src/domain/history/choose-candidate';
import { rollbackCandidates } from '../../../../src/domain/history/rollback-candidates';
import { content, digestOf, holdOf, served, SHOP, sources } from './samples';

const RECORDS = [served('a', 1), served('b', 2), served('c', 3)];

function choose(wanted: string | null, change: Parameters<typeof sources>[2] = {}) {
  return chooseCandidate(SHOP, rollbackCandidates(sources(RECORDS, 'c', change)), wanted);
}

function withHoldOn(letter: string) {
  const { service } = sources(RECORDS, 'c');
  return { service: { ...service, holds: [holdOf(letter)] } };
}

function kept(...letters: string[]) {
  return { stored: new Map(letters.map((letter) => [digestOf(letter), content(letter)])) };
}

describe('the revision that a rollback brings back', () => {
  it('is the last that served fully and is not serving', () => {
    expect(choose(null)).toMatchObject({ kind: 'chosen', revision: { digest: digestOf('b') } });
  });

  it('is never one on hold', () => {
    const choice = choose(null, withHoldOn('b'));
    expect(choice).toMatchObject({ kind: 'chosen', revision: { digest: digestOf('a') } });
  });

  it('is never one that was pruned', () => {
    const choice = choose(null, kept('a', 'c'));
    expect(choice).toMatchObject({ kind: 'chosen', revision: { digest: digestOf('a') } });
  });

  it('does not exist where no other one has served, and the reason is named', () => {
    const candidates = rollbackCandidates(sources([served('c', 3)], 'c'));
    expect(chooseCandidate(SHOP, candidates, null)).toMatchObject({
      kind: 'refused',
      code: 'DECISION_REFUSED',
      sentence: expect.stringContaining('no other one has served fully') as string,
    });
    expect(choose(null, kept('c'))).toMatchObject({
      kind: 'refused',
      sentence: expect.stringContaining('bbbbbbbbbbbb is pruned, aaaaaaaaaaaa is pruned') as string,
    });
  });
});

describe('a revision that a person names', () => {
  it.each(['aaaaaa', 'AAAAAAAA', digestOf('a'), 'sha256:aaaaaa'])('is found by %s', (wanted) => {
    expect(choose(wanted)).toMatchObject({ kind: 'chosen', revision: { digest: digestOf('a') } });
  });

  it.each(['aaaaa', 'sha256:', 'main', '', 'aaaaaag'])('is not found by "%s"', (wanted) => {
    expect(choose(wanted)).toMatchObject({ kind: 'refused', code: 'USAGE' });
  });

  it('that serves already leaves nothing to do', () => {
    expect(choose('cccccc')).toMatchObject({ kind: 'serving' });
  });

  it('that is on hold is refused with the way to lift it', () => {
    expect(choose('bbbbbb', withHoldOn('b'))).toMatchObject({
      code: 'DECISION_REFUSED',
      sentence: expect.stringContaining('(ada: slow)') as string,
      next: expect.stringContaining('belay hold lift shop/production bbbbbbbbbbbb') as string,
    });
  });

  it('that was pruned is refused with what is left', () => {
    expect(choose('bbbbbb', kept('a', 'c'))).toMatchObject({
      code: 'ARTIFACT_MISSING',
      sentence: expect.stringContaining('what is left is aaaaaaaaaaaa') as string,
    });
  });

  it('whose bytes are wrong is refused with what is left', () => {
    const stored = new Map(sources(RECORDS, 'c').stored).set(digestOf('b'), 'damaged');
    expect(choose('bbbbbb', { stored })).toMatchObject({
      code: 'ARTIFACT_CHANGED',
      sentence: expect.stringContaining('what is left is aaaaaaaaaaaa') as string,
    });
  });

  it('that never served fully is refused with what is left', () => {
    expect(choose('dddddd')).toMatchObject({
      code: 'DECISION_REFUSED',
      sentence: expect.stringContaining('what is left is bbbbbbbbbbbb, aaaaaaaaaaaa') as string,
    });
  });

  it('is asked for again where its digits name two', () => {
    const twin = `sha256:${'a'.repeat(63)}b`;
    const records = [...RECORDS, { ...served('d', 2, { candidate: twin }) }];
    const candidates = rollbackCandidates(sources(records, 'c'));
    expect(chooseCandidate(SHOP, candidates, 'aaaaaa')).toMatchObject({
      kind: 'refused',
      code: 'USAGE',
      sentence: expect.stringContaining('several revisions') as string,
    });
  });
});

it('what is chosen is never serving, on hold or gone, and every refusal says that traffic stays', () => {
  const letter = fc.constantFrom('a', 'b', 'c', 'd');
  const wanted = fc.option(
    fc.oneof(
      letter.map((one) => one.repeat(6)),
      fc.string(),
    ),
  );
  fc.assert(
    fc.property(
      fc.record({
        order: fc.array(letter),
        serving: letter,
        held: fc.array(letter),
        gone: fc.array(letter),
      }),
      wanted,
      ({ order, serving, held, gone }, asked) => {
        const base = sources(
          order.map((one, minute) => served(one, minute + 1)),
          serving,
        );
        const candidates = rollbackCandidates({
          ...base,
          service: { ...base.service, holds: held.map(holdOf) },
          stored: new Map(
            [...base.stored].filter(([digest]) => !gone.map(digestOf).includes(digest)),
          ),
        });
        const choice = chooseCandidate(SHOP, candidates, asked);
        switch (choice.kind) {
          case 'chosen':
            expect([serving, ...held, ...gone].map(digestOf)).not.toContain(choice.revision.digest);
            break;
          case 'serving':
            expect(choice.candidate.revision).toBe(digestOf(serving));
            break;
          case 'refused':
            expect(choice.sentence).toContain('Nothing was started; traffic stays as it is.');
        }
      },
    ),
  );
});
