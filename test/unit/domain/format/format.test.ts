import fc from 'fast-check';
import { formatBytes } from '../../../../src/domain/format/bytes';
import { formatCount, formatCounted } from '../../../../src/domain/format/count';
import { formatDuration, formatSeconds } from '../../../../src/domain/format/duration';
import { oneLine, utf8Bytes } from '../../../../src/domain/format/one-line';
import { formatPercent, formatPercentAgainst } from '../../../../src/domain/format/percent';
import { anyText } from '../support/any-text';

describe('numbers for people', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1_204, '1 204'],
    [21_340, '21 340'],
    [1_234_567, '1 234 567'],
    [-1_204, '-1 204'],
  ])('the count %d reads %s', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });

  test('one thing is singular', () => {
    expect(formatCounted(1, 'request')).toBe('1 request');
    expect(formatCounted(0, 'request')).toBe('0 requests');
    expect(formatCounted(2, 'instance is', 'instances are')).toBe('2 instances are');
  });

  test.each([
    [0, '0 %'],
    [3.16, '3.2 %'],
    [2, '2 %'],
    [0.04, '0.04 %'],
    [0.001, '<0.01 %'],
    [100, '100 %'],
  ])('the share %d reads %s', (value, text) => {
    expect(formatPercent(value)).toBe(text);
  });

  test('a share beside its limit never reads like the limit unless it is the limit', () => {
    expect(formatPercentAgainst(5.004, 5)).toBe('5.004 %');
    expect(formatPercentAgainst(5, 5)).toBe('5 %');
    expect(formatPercentAgainst(8.333, 5)).toBe('8.3 %');
    const tenths = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(tenths, fc.integer({ min: 1, max: 9_999 }), (limit, offset) => {
        const value = limit / 10 + offset / 10_000;
        expect(formatPercentAgainst(value, limit / 10)).not.toBe(formatPercent(limit / 10));
      }),
    );
  });
});

describe('durations for people', () => {
  test.each([
    [0, '0 ms'],
    [250, '250 ms'],
    [1_500, '1.5 s'],
    [20_000, '20 s'],
    [59_600, '1 m'],
    [80_000, '1 m 20 s'],
    [900_000, '15 m'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 m'],
    [90_000_000, '1 d 1 h'],
    [-5, '0 ms'],
  ])('%d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test('a configured duration keeps the unit of the configuration', () => {
    expect(formatSeconds(300_000)).toBe('300 s');
    expect(formatSeconds(1_500)).toBe('1.5 s');
  });

  test('a longer time never reads shorter', () => {
    const asSeconds = (text: string): number =>
      [...text.matchAll(/([\d.]+) (ms|s|m|h|d)/g)].reduce((sum, [, number, unit]) => {
        const factor = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 }[unit ?? ''] ?? Number.NaN;
        return sum + Number(number) * factor;
      }, 0);
    const time = fc.oneof(fc.nat(20_000), fc.nat(10_000_000), fc.nat(1_000_000_000));
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(asSeconds(formatDuration(less))).toBeLessThanOrEqual(
          asSeconds(formatDuration(more)),
        );
      }),
    );
  });
});

describe('sizes and lines', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_234, '1.2 kB'],
    [999_960, '1 MB'],
    [3_400_000, '3.4 MB'],
    [5e15, '5000 TB'],
  ])('%d bytes read %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test('a line is one line within its bytes, and unchanged where it fits', () => {
    expect(oneLine('a\n b', 10)).toBe('a b');
    expect(oneLine('ääää', 7)).toBe('ää…');
    fc.assert(
      fc.property(anyText(), fc.integer({ min: 3, max: 60 }), (text, most) => {
        const line = oneLine(text, most);
        expect(utf8Bytes(line)).toBeLessThanOrEqual(most);
        expect(utf8Bytes(line)).toBe(Buffer.byteLength(line));
        expect(line).not.toMatch(/[\r\n]/);
      }),
    );
  });
});
