import { figureAt } from './figure';
import { readArm, type ReadArm } from './read-arm';
import type { Structure } from './structure';

/** One window as the file has it, before it is placed in time. */
export interface ReadWindow {
  /** In the file's list. */
  readonly place: number;
  /** Epoch ms; null where one of both cannot be. */
  readonly time: { readonly fromMs: number; readonly toMs: number } | null;
  readonly canary: ReadArm;
  readonly baseline: ReadArm;
  /** Percent, as it was configured; null where it cannot be. */
  readonly candidateWeight: number | null;
  /** What cannot be true in it, each with its place; its arms are included. */
  readonly faults: readonly string[];
}

const KNOWN = ['from', 'to', 'arms', 'expectedShare', 'baselineHalves'];

/** Null where it is no window at all; the structure then knows why. */
export function readWindow(value: unknown, place: number, structure: Structure): ReadWindow | null {
  const path = `windows[${place}]`;
  const members = structure.members(value, path, KNOWN);
  if (members === null) return null;
  const { from, to, arms, expectedShare } = members.values;
  const begins = figureAt(from, `${path}.from`, structure);
  const ends = figureAt(to, `${path}.to`, structure);
  const share = figureAt(expectedShare, `${path}.expectedShare`, structure);
  const armed =
    arms === null ? null : structure.members(arms, `${path}.arms`, ['canary', 'baseline']);
  const canary = readArm(armed?.values['canary'], `${path}.arms.canary`, structure);
  const baseline = readArm(armed?.values['baseline'], `${path}.arms.baseline`, structure);
  const time = timeOf(begins, ends);
  const weight = share.kind === 'sound' && isShare(share.value) ? 100 * share.value : null;
  return {
    ...{ place, canary, baseline, candidateWeight: weight },
    time: 'reason' in time ? null : time,
    faults: [
      ...('reason' in time ? [`${path}: ${time.reason}`] : []),
      ...(weight === null ? [`${path}.expectedShare is no share from 0 to 1`] : []),
      ...canary.faults,
      ...baseline.faults,
    ],
  };
}

type Read = ReturnType<typeof figureAt>;

function timeOf(
  begins: Read,
  ends: Read,
): { readonly fromMs: number; readonly toMs: number } | { readonly reason: string } {
  if (begins.kind === 'fault') return { reason: `from ${begins.reason}` };
  if (ends.kind === 'fault') return { reason: `to ${ends.reason}` };
  const [fromMs, toMs] = [begins.value, ends.value];
  if (Math.max(Math.abs(fromMs), Math.abs(toMs)) > MOST_MS)
    return { reason: 'its time is no date' };
  return toMs - fromMs >= 1 ? { fromMs, toMs } : { reason: 'it does not end after it begins' };
}

/** The last moment that a date can hold. */
const MOST_MS = 8.64e15;

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
