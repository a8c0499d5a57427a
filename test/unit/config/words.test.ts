import { editDistance, nearestWord } from '../../../src/domain/format/nearest-word';
import { resolvePath } from '../../../src/config/resolve-path';

describe('the distance of two words', () => {
  test.each([
    ['threshold', 'threshold', 0],
    ['treshold', 'threshold', 1],
    ['thershold', 'threshold', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s to %s is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });
});

describe('the word that was meant', () => {
  test.each([
    ['treshold', 'threshold'],
    ['Rollback-Window', 'rollbackWindow'],
    ['helth', 'health'],
    ['colour', null],
    ['x', null],
  ])('by %s is %s', (word, meant) => {
    expect(nearestWord(word, ['threshold', 'rollbackWindow', 'health', 'run'])).toBe(meant);
  });
});

describe('a path', () => {
  test.each([
    ['/srv/shop', './dist', '/srv/shop/dist'],
    ['/srv/shop', '../other//build/', '/srv/other/build'],
    ['/srv', '../../..', '/'],
    ['/srv', '/elsewhere/./x', '/elsewhere/x'],
    ['.', 'dist', 'dist'],
    ['.', '../dist', '../dist'],
    ['.', '.', '.'],
  ])('from %s of %s is %s', (folder, path, expected) => {
    expect(resolvePath(folder, path)).toBe(expected);
  });
});
