import fc from 'fast-check';
import { matchesGlob } from '../../../../src/domain/checks/glob';

test.each([
  ['src/a.ts', 'src/a.ts', true],
  ['src/a.ts', 'src/b.ts', false],
  ['*.ts', 'a.ts', true],
  ['*.ts', 'src/a.ts', false],
  ['**', 'a/b/c', true],
  ['**/*.ts', 'a.ts', true],
  ['**/*.ts', 'src/deep/a.ts', true],
  ['src/**/test/*.json', 'src/test/a.json', true],
  ['src/**/test/*.json', 'src/x/y/test/a.json', true],
  ['src/**/test/*.json', 'src/x/tests/a.json', false],
  ['src/**', 'src', true],
  ['src/**', 'lib/a', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'aXbY', false],
  ['a.ts', 'aXts', false],
  ['[ab].ts', 'a.ts', false],
  ['', '', true],
])('%s against %s is %s', (pattern, path, expected) => {
  expect(matchesGlob(pattern, path)).toBe(expected);
});

test('agrees with the regular expression of the same meaning', () => {
  const segment = fc.stringMatching(/^[ab*]{1,4}$/);
  const pattern = fc.array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 4 });
  const path = fc.array(fc.stringMatching(/^[ab]{0,4}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(pattern, path, (wanted, given) => {
      const text = given.map((one) => `${one}/`).join('');
      const source = wanted
        .map((one) => (one === '**' ? '(?:[^/]*/)*' : `${one.replaceAll('*', '[^/]*')}/`))
        .join('');
      expect(matchesGlob(wanted.join('/'), given.join('/'))).toBe(
        new RegExp(`^${source}$`).test(text),
      );
    }),
  );
});

test('a pattern made to explode takes no time', () => {
  const begun = process.cpuUsage();
  expect(matchesGlob(`${'**/*a*'.repeat(80)}b`, `${'a/'.repeat(2_000)}a`)).toBe(false);
  expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(5_000);
});
