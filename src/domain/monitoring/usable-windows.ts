import { isUnsound, soundWindow, whyMisplaced } from '../analysis/sound-window';
import type { Window } from '../analysis/window';

/** Each window once, ascending by time, whatever order they came in; without those that lie nowhere in time. */
export function inOrder(windows: readonly Window[]): readonly Window[] {
  const byNumber = new Map<number, Window>();
  for (const window of windows) {
    if (whyMisplaced(window) === null && !byNumber.has(window.number))
      byNumber.set(window.number, window);
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** Without the windows that cannot be believed: like for the judge, bad data is no data. */
export function usableWindows(windows: readonly Window[]): readonly Window[] {
  return windows.filter((window) => !isUnsound(soundWindow(window)));
}

/** The end of the window, in epoch ms. */
export function endOf(window: Pick<Window, 'fromMs' | 'intervalMs'>): number {
  return window.fromMs + window.intervalMs;
}
