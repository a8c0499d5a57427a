import type { JournalEntry } from '../../../src/platform/state/journal';
import { gapsOf, journalProblems, type JournalLine } from '../../support/faults/platform-journal';

const NAME = { service: 'shop', environment: 'production' };

function effect(kind: string, [epoch, n]: readonly [number, number], token?: string): JournalEntry {
  return { ...NAME, kind, fence: { epoch, n }, ...(token === undefined ? {} : { token }) };
}

const FINE = [
  effect('claim', [1, 0]),
  effect('fleet', [1, 1], 'd/launch'),
  { ...NAME, kind: 'spawn', instance: 'a', attempt: 0 },
  effect('weights', [1, 2]),
  { ...NAME, kind: 'spawn', instance: 'a', attempt: 1 },
  effect('claim', [2, 0]),
];

test('a journal of rising places and different creates has no problem', () => {
  expect(journalProblems(FINE)).toEqual([]);
});

test.each([
  ['an older claim', effect('weights', [1, 9]), 'weights 1/9 after 2/0'],
  ['a place that was used', effect('claim', [2, 0]), 'claim 2/0 after 2/0'],
  ['a create for the second time', effect('fleet', [2, 1], 'd/launch'), 'create d/launch twice'],
  [
    'a process for the second time',
    { ...NAME, kind: 'spawn', instance: 'a', attempt: 1 },
    'start a 1 twice',
  ],
])('%s is seen', (_name, entry, problem) => {
  expect(journalProblems([...FINE, entry])).toEqual([problem]);
});

test('a gap lasts from the order to wait until the next order to go on', () => {
  const at = (ms: number, kind: string): JournalLine => ({ ...effect(kind, [1, ms]), ms });
  const lines = [at(1, 'queue'), at(2, 'weights'), at(3, 'release-queue'), at(4, 'queue')];
  expect(gapsOf(lines)).toEqual([
    { fromMs: 1, toMs: 3 },
    { fromMs: 4, toMs: Infinity },
  ]);
});
