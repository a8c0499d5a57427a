import { sparkline } from '../../../src/cli/output/live/sparkline';

const STYLE = { color: false, unicode: true, columns: 80 };

describe('a curve of the last looks', () => {
  test('reaches its full height at the limit', () => {
    expect(sparkline([0, 1, 2], { limit: 2, badWhen: 'above' }, STYLE)).toBe('▁▅█');
  });

  test('stays flat where the values are far from the limit', () => {
    expect(sparkline([0.05, 0.06, 0.04], { limit: 5, badWhen: 'above' }, STYLE)).toBe('▁▁▁');
  });

  test('a look without a value is a gap', () => {
    expect(sparkline([1, null, 1], { limit: 1, badWhen: 'above' }, STYLE)).toBe('█ █');
  });

  test('of a metric that is bad below its limit, the limit is the floor', () => {
    expect(sparkline([99, 100], { limit: 99, badWhen: 'below' }, STYLE)).toBe('▁█');
  });

  test('one value is no curve, and what is no number is none', () => {
    expect(sparkline([1], { limit: 1, badWhen: 'above' }, STYLE)).toBe('');
    expect(sparkline([NaN, Infinity, 1], { limit: 1, badWhen: 'above' }, STYLE)).toBe('');
  });

  test('shows the last twelve', () => {
    const many = Array.from({ length: 40 }, (_, index) => index);
    expect(sparkline(many, { limit: 40, badWhen: 'above' }, STYLE)).toHaveLength(12);
  });

  test('the same value again and again is a flat line, where no limit gives it a height', () => {
    expect(sparkline([3, 3], { limit: 9, badWhen: null }, STYLE)).toBe('▁▁');
  });
});
