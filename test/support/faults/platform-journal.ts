import { readFileSync } from 'node:fs';
import { homeLayout } from '../../../src/domain/home-layout';
import type { JournalEntry } from '../../../src/platform/state/journal';

/** Every line that the platform of this home has written so far. */
export function readPlatformJournal(home: string): readonly JournalEntry[] {
  const lines = readFileSync(homeLayout(home).platformJournal, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as JournalEntry);
}

/** What is wrong with the order of the effects, and with the creates; empty: nothing. */
export function journalProblems(entries: readonly JournalEntry[]): readonly string[] {
  return [...fenceProblems(entries), ...createProblems(entries)];
}

/** An effect of an older claim or place than one before it; a place that was used twice. */
function fenceProblems(entries: readonly JournalEntry[]): readonly string[] {
  let newest = { epoch: 0, n: 0 };
  return entries.flatMap(({ kind, fence }) => {
    if (fence === undefined || kind === 'refused') return [];
    const { epoch, n } = newest;
    const isNewer = fence.epoch > epoch || (fence.epoch === epoch && fence.n > n);
    newest = fence;
    return isNewer ? [] : [`${kind} ${fence.epoch}/${fence.n} after ${epoch}/${n}`];
  });
}

function createProblems(entries: readonly JournalEntry[]): readonly string[] {
  const tokens = entries.flatMap(({ kind, token }) =>
    kind === 'fleet' && token !== undefined ? [`create ${token}`] : [],
  );
  const starts = entries.flatMap(({ kind, instance, attempt }) =>
    kind === 'spawn' ? [`start ${instance ?? ''} ${attempt ?? 0}`] : [],
  );
  const all = [...tokens, ...starts];
  return all.filter((one, index) => all.indexOf(one) !== index).map((one) => `${one} twice`);
}
