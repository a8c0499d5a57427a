import { homeLayout } from '../../../src/domain/home-layout';
import type { JournalEntry } from '../../../src/platform/state/journal';
import { wholeLines } from '../whole-lines';

export type JournalLine = JournalEntry & { readonly ms: number };

/** Every line that the platform of this home has written so far. */
export function readPlatformJournal(home: string): readonly JournalLine[] {
  return wholeLines(homeLayout(home).platformJournal).map(
    (line) => JSON.parse(line) as JournalLine,
  );
}

/** The times in which requests waited at the router, epoch ms. */
export function gapsOf(lines: readonly JournalLine[]): readonly Gap[] {
  const ends = lines.filter(({ kind }) => kind === 'release-queue').map(({ ms }) => ms);
  return lines
    .filter(({ kind }) => kind === 'queue')
    .map(({ ms }) => ({ fromMs: ms, toMs: ends.find((end) => end >= ms) ?? Infinity }));
}

export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
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
