import { NO_LOOKS, rememberLook } from '../../../src/cli/looks';
import type { StatusView } from '../../../src/client/index';
import { steadyView } from '../../../src/cli/steady-view';
import { EVIDENCE } from './live-parts';
import { midBake, sparse } from './live-samples';

/** A look at this time with this error rate. */
function look(atMs: number, value: number | null, step = '05-bake-20'): StatusView {
  const view = midBake();
  const verdict = view.status.verdict!;
  const evidence = [{ ...EVIDENCE[0]!, value }];
  return {
    ...view,
    look: { atMs, nextAtMs: atMs + 5_000, stepRequests: 1 },
    status: { ...view.status, step, verdict: { ...verdict, evidence } },
  };
}

const values = (views: readonly StatusView[]): unknown =>
  views.reduce(rememberLook, NO_LOOKS).values['automatic/error_rate'];

describe('what a follower remembers', () => {
  test('each look counts once, however often it is read', () => {
    expect(
      values([look(1, 0.1), look(1, 0.1), look(2, null), look(2, null), look(3, 0.2)]),
    ).toEqual([0.1, null, 0.2]);
  });

  test('another step begins anew', () => {
    expect(values([look(1, 0.1), look(2, 0.2, '07-verify')])).toEqual([0.2]);
  });

  test('the verdict of the step before is no look at this one', () => {
    const { look: _look, ...unwatched } = look(2, 0.2, '07-verify');
    expect(values([look(1, 0.1), unwatched])).toBeUndefined();
  });

  test('is kept while no worker answers', () => {
    const seen = look(1, 0.1);
    expect(values([seen, steadyView(seen, sparse())])).toEqual([0.1]);
  });

  test('is bounded', () => {
    const many = Array.from({ length: 500 }, (_, index) => look(index, index));
    expect(values(many)).toHaveLength(60);
  });
});
