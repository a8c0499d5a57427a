import type { Window } from '../domain/analysis/window';
import type { RecordedWindow } from '../ports/evidence-record';

/** Two watchers may have recorded the same window for two steps: the one that shows the candidate counts. */
export function oncePerNumber(recorded: readonly RecordedWindow[]): readonly Window[] {
  const byNumber = new Map<number, Window>();
  for (const { window } of recorded) {
    const known = byNumber.get(window.number);
    if (known === undefined || (known.arms.candidate === null && window.arms.candidate !== null)) {
      byNumber.set(window.number, window);
    }
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
