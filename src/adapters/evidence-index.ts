import type { RecordedWindow } from '../ports/evidence-record';

/** The windows of one deployment, each step and window number once; the first one counts. */
export type EvidenceIndex = Map<string, RecordedWindow>;

/** Answers whether it was new. */
export function addWindow(index: EvidenceIndex, recorded: RecordedWindow): boolean {
  const key = `${recorded.window.number}/${recorded.stepId}`;
  if (index.has(key)) return false;
  index.set(key, recorded);
  return true;
}

export function windowsFrom(index: EvidenceIndex, from: number): readonly RecordedWindow[] {
  return [...index.values()]
    .filter(({ window }) => window.number >= from)
    .sort((a, b) => a.window.number - b.window.number);
}
