import type { Reading } from '../domain/analysis/reading';
import type { RecordedWindow } from '../ports/evidence-record';

/** What is recorded of one deployment, each piece once; the first one counts. */
export interface EvidenceIndex {
  /** The keys of {@link windows}. */
  readonly known: Set<string>;
  /** Oldest first: a look asks for the newest only, however long the record is. */
  readonly windows: RecordedWindow[];
  /** By source and number. */
  readonly readings: Map<string, Reading>;
}

export function emptyIndex(): EvidenceIndex {
  return { known: new Set(), windows: [], readings: new Map() };
}

export function clearIndex({ known, windows, readings }: EvidenceIndex): void {
  known.clear();
  windows.length = 0;
  readings.clear();
}

export function addWindow({ known, windows }: EvidenceIndex, recorded: RecordedWindow): void {
  const { stepId, window } = recorded;
  const key = `${window.number}/${stepId}`;
  if (known.has(key)) return;
  known.add(key);
  const place = windows.findLastIndex((other) => other.window.number <= window.number) + 1;
  windows.splice(place, 0, recorded);
}

export function hasWindow({ known }: EvidenceIndex, stepId: string, number: number): boolean {
  return known.has(`${number}/${stepId}`);
}

export function windowsFrom({ windows }: EvidenceIndex, from: number): readonly RecordedWindow[] {
  return windows.slice(windows.findLastIndex(({ window }) => window.number < from) + 1);
}

export function addReading({ readings }: EvidenceIndex, reading: Reading): void {
  const key = keyOf(reading);
  if (!readings.has(key)) readings.set(key, reading);
}

export function hasReading({ readings }: EvidenceIndex, reading: Reading): boolean {
  return readings.has(keyOf(reading));
}

export function readingsFrom({ readings }: EvidenceIndex, fromMs: number): readonly Reading[] {
  return [...readings.values()]
    .filter((reading) => reading.fromMs >= fromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
}

function keyOf({ source, number }: Reading): string {
  return `${number}/${source}`;
}
