import type { StatusView } from '../client/index';
import type { ShownView } from './output/live/shown-view';

/** What a follower has seen of the step in progress. */
export interface Looks {
  readonly stepId: string | null;
  /** Of the last look; null before the first. */
  readonly atMs: number | null;
  readonly values: NonNullable<ShownView['values']>;
}

export const NO_LOOKS: Looks = { stepId: null, atMs: null, values: {} };

const MOST_VALUES = 60;

/** Adds the values of a look, each once; another step begins anew. Pure. */
export function rememberLook(before: Looks, { status, look }: StatusView): Looks {
  const { step, verdict } = status;
  const known = before.stepId === step ? before : { ...NO_LOOKS, stepId: step };
  if (verdict === null || look === undefined || known.atMs === look.atMs) return known;
  const values = Object.fromEntries(
    verdict.evidence.map(({ criterion, value }) => [
      criterion,
      [...(known.values[criterion] ?? []), value].slice(-MOST_VALUES),
    ]),
  );
  return { stepId: step, atMs: look.atMs, values };
}
