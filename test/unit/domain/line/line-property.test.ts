import fc from 'fast-check';
import type { LineEntry, LineKind } from '../../../../src/domain/line/line-entry';
import { anEntry, idOf } from './entries';
import { LineModel } from './line-model';

type Happening =
  | { readonly what: 'join'; readonly kind: LineKind }
  | { readonly what: 'leave'; readonly who: number }
  | { readonly what: 'poll'; readonly loses: boolean }
  | { readonly what: 'advance' };

const anyKind = fc.constantFrom<LineKind>('reject', 'queue', 'supersede', 'rollback');

function happenings(kind: fc.Arbitrary<LineKind>): fc.Arbitrary<readonly Happening[]> {
  return fc.array(
    fc.oneof(
      { weight: 3, arbitrary: kind.map((of): Happening => ({ what: 'join', kind: of })) },
      { weight: 1, arbitrary: fc.nat(30).map((who): Happening => ({ what: 'leave', who })) },
      { weight: 5, arbitrary: fc.boolean().map((loses): Happening => ({ what: 'poll', loses })) },
      { weight: 4, arbitrary: fc.constant<Happening>({ what: 'advance' }) },
    ),
    { maxLength: 80 },
  );
}

/** Everything that happens, then nothing but polls until the line and the lock are empty. */
function play(all: readonly Happening[]): { model: LineModel; joined: readonly LineEntry[] } {
  const model = new LineModel();
  const joined: LineEntry[] = [];
  for (const happening of all) happen(model, joined, happening);
  for (let rounds = 0; !model.isEmpty; rounds += 1) {
    if (rounds > 1_000) throw new Error('the line never becomes empty');
    model.poll({ loses: false });
    model.advance();
  }
  return { model, joined };
}

function happen(model: LineModel, joined: LineEntry[], happening: Happening): void {
  switch (happening.what) {
    case 'join': {
      const entry = anEntry(`n${joined.length}`, happening.kind);
      joined.push(entry);
      model.join(entry);
      return;
    }
    case 'leave':
      model.leave(idOf(`n${happening.who}`));
      return;
    case 'poll':
      model.poll(happening);
      return;
    case 'advance':
      model.advance();
  }
}

const ids = (entries: readonly LineEntry[]): readonly string[] =>
  entries.map(({ request }) => request.deploymentId);

fc.configureGlobal({ numRuns: 500 });

describe('any interleaving of newcomers, workers that die and deployments that end', () => {
  test('nobody is started twice, and everybody has exactly one end', () => {
    fc.assert(
      fc.property(happenings(anyKind), (all) => {
        const { model, joined } = play(all);
        expect(new Set(ids(model.started)).size).toBe(model.started.length);
        const { past } = model.line;
        expect(new Set(past.map(({ deploymentId }) => deploymentId)).size).toBe(past.length);
        expect(past.length).toBe(Math.min(joined.length, 50));
        const startedEnds = past.filter(({ end }) => end.kind === 'started');
        expect(ids(model.started)).toEqual(
          expect.arrayContaining(startedEnds.map(({ deploymentId }) => deploymentId)),
        );
      }),
    );
  });

  test('the end of each tells the truth: started exactly where it was started', () => {
    fc.assert(
      fc.property(happenings(anyKind), (all) => {
        const { model } = play(all);
        const started = new Set(ids(model.started));
        for (const { deploymentId, end } of model.line.past) {
          expect([deploymentId, end.kind === 'started']).toEqual([
            deploymentId,
            started.has(deploymentId),
          ]);
        }
      }),
    );
  });

  test('what users have seen is ended by a way back only', () => {
    fc.assert(
      fc.property(happenings(anyKind), (all) => {
        const { asked } = play(all).model;
        expect(asked.filter(({ what, percent }) => what === 'supersede' && percent > 0)).toEqual(
          [],
        );
      }),
    );
  });

  test('a way back is never refused, and superseded only by a newer way back', () => {
    fc.assert(
      fc.property(happenings(anyKind), (all) => {
        const { model, joined } = play(all);
        const order = ids(joined);
        const waysBack = model.line.past.filter(({ kind }) => kind === 'rollback');
        for (const { deploymentId, end } of waysBack) {
          if (end.kind === 'started' || end.kind === 'left') continue;
          if (end.kind !== 'superseded') throw new Error(`${deploymentId} is ${end.kind}`);
          const by = joined[order.indexOf(end.by)];
          expect(by?.kind).toBe('rollback');
          expect(order.indexOf(end.by)).toBeGreaterThan(order.indexOf(deploymentId));
        }
      }),
    );
  });

  test('queue: they start in the order in which they came', () => {
    fc.assert(
      fc.property(happenings(fc.constant('queue')), (all) => {
        const { model, joined } = play(all);
        const order = ids(joined);
        const places = ids(model.started).map((id) => order.indexOf(id));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  test('supersede: the last requested version is the one that is deployed last', () => {
    const withoutLeaving = happenings(fc.constant('supersede')).map((all) =>
      all.filter(({ what }) => what !== 'leave'),
    );
    fc.assert(
      fc.property(withoutLeaving, (all) => {
        const { model, joined } = play(all);
        expect(ids(model.started).at(-1)).toBe(ids(joined).at(-1));
      }),
    );
  });
});
