import type { Random } from './random';

/** How often what goes wrong. Probabilities for each attempt of an activity, times in virtual ms. */
export interface Chaos {
  /** The attempt fails before it has acted. */
  readonly failsBefore: number;
  /** It has acted, but answers with a failure. */
  readonly failsAfter: number;
  /** Its worker dies before it has acted; nobody answers. */
  readonly diesBefore: number;
  /** Its worker dies after it has acted; nobody answers. */
  readonly diesAfter: number;
  /** It acts long after it was started: it may have timed out or been cancelled by then. */
  readonly late: number;
  /** No worker polls in these stretches; times since the start. */
  readonly absences: readonly Absence[];
}

export interface Absence {
  readonly fromMs: number;
  readonly toMs: number;
}

export const CALM: Chaos = {
  failsBefore: 0,
  failsAfter: 0,
  diesBefore: 0,
  diesAfter: 0,
  late: 0,
  absences: [],
};

export const ROUGH: Chaos = {
  failsBefore: 0.02,
  failsAfter: 0.02,
  diesBefore: 0.01,
  diesAfter: 0.02,
  late: 0.03,
  absences: [],
};

export interface Fate {
  readonly kind: 'fine' | 'fails-before' | 'fails-after' | 'dies-before' | 'dies-after';
  readonly queueMs: number;
  /** From the start of the attempt until it acts. */
  readonly actMs: number;
  /** From the end of the attempt until the server knows. */
  readonly answerMs: number;
}

const LATE_MS = 14_000;

export function drawFate(chaos: Chaos, random: Random): Fate {
  const draw = random.next();
  const isLate = random.chance(chaos.late);
  return {
    kind: kindOf(chaos, draw),
    queueMs: random.between(1, 12),
    actMs: isLate ? random.between(1_000, LATE_MS) : random.between(0, 30),
    answerMs: random.between(0, 12),
  };
}

function kindOf(chaos: Chaos, draw: number): Fate['kind'] {
  const { failsBefore, failsAfter, diesBefore, diesAfter } = chaos;
  if (draw < failsBefore) return 'fails-before';
  if (draw < failsBefore + failsAfter) return 'fails-after';
  if (draw < failsBefore + failsAfter + diesBefore) return 'dies-before';
  if (draw < failsBefore + failsAfter + diesBefore + diesAfter) return 'dies-after';
  return 'fine';
}

/** How long a task that is due now waits until some worker polls. */
export function untilPolledMs({ absences }: Chaos, sinceStartMs: number): number {
  const absence = absences.find(
    ({ fromMs, toMs }) => fromMs <= sinceStartMs && sinceStartMs < toMs,
  );
  return absence === undefined ? 0 : absence.toMs - sinceStartMs;
}
