import { formatDuration } from '../format/duration';
import type { PastStep, RejudgedStep } from './rejudge';

/** How it went then. */
export interface ThenEnd {
  /** When the way back began, epoch ms; null: it did not go back. */
  readonly backAtMs: number | null;
  /** `it went live`, `it still runs`. */
  readonly words: string;
}

/** `It would have rolled back at 5 % after 14 s; it did so after 74 s.` */
export function summarizeRejudgement(steps: readonly RejudgedStep[], then: ThenEnd): string {
  const harmed = steps.find(({ now }) => now?.kind === 'harm');
  const back = backOf(steps, then.backAtMs);
  if (harmed === undefined) return withoutHarm(steps, { back, words: then.words });
  const after = formatDuration(harmed.afterMs ?? 0);
  const would = `It would have rolled back ${harmed.step.place} after ${after}`;
  if (back === null) return `${would}; ${then.words}.`;
  const where = back.step.id === harmed.step.id ? '' : `${back.step.place} `;
  return `${would}; it did so ${where}after ${formatDuration(back.afterMs)}.`;
}

interface Back {
  readonly step: PastStep;
  readonly afterMs: number;
}

function backOf(steps: readonly RejudgedStep[], backAtMs: number | null): Back | null {
  if (backAtMs === null) return null;
  const begun = steps.findLast(({ step }) => step.startedAtMs <= backAtMs);
  return begun === undefined
    ? null
    : { step: begun.step, afterMs: backAtMs - begun.step.startedAtMs };
}

function withoutHarm(
  steps: readonly RejudgedStep[],
  { back, words }: { readonly back: Back | null; readonly words: string },
): string {
  const open = steps.find(({ now }) => now !== null && now.kind !== 'safe');
  const would =
    open === undefined
      ? 'It would not have rolled back'
      : `It would not have rolled back by itself; ${open.step.place} the verdict would have been ${open.now?.kind ?? 'none'}`;
  const did =
    back === null
      ? words
      : `it rolled back ${back.step.place} after ${formatDuration(back.afterMs)}`;
  return `${would}; ${did}.`;
}
