import type { Criterion } from '../analysis/criterion';
import type { Evidence, Verdict } from '../analysis/verdict';
import { formatCount } from '../format/count';
import { formatDuration } from '../format/duration';

/**
 * A deployment's step does not wait for a guard that is longer than itself, or that has too little to go on: the steps behind
 * it go on watching. Behind a file comes nothing, so that it is safe only where every guard could be judged.
 */
export function doubtGuards(verdict: Verdict, criteria: readonly Criterion[]): Verdict {
  if (verdict.kind !== 'safe') return verdict;
  const doubts = verdict.evidence.flatMap((evidence) => {
    const criterion = criteria.find(({ id }) => id === evidence.criterion);
    const doubt = criterion === undefined ? null : doubtOf(criterion, evidence);
    return doubt ?? [];
  });
  const first = doubts.find(({ kind }) => kind === 'no-data') ?? doubts[0];
  return first === undefined ? verdict : { ...verdict, ...first };
}

type Doubt = Pick<Verdict, 'kind' | 'rule' | 'sentence'>;

function doubtOf(criterion: Criterion, evidence: Evidence): Doubt | null {
  switch (evidence.state) {
    case 'incomplete':
      return notWhole(criterion);
    case 'too-few':
      return evidence.reason === undefined
        ? tooFew(criterion, evidence)
        : uncompared(criterion, evidence, evidence.reason);
    case 'clear':
    case 'breached':
    case 'shared':
      return null;
  }
}

function notWhole({ id, durationMs }: Criterion): Doubt {
  const sentence = `Not yet: ${id} looks at ${formatDuration(durationMs)}, and less than that was watched without a gap.`;
  return { kind: 'not-yet', rule: 'gap', sentence };
}

function tooFew({ id, metric, minimumSamples, durationMs }: Criterion, seen: Evidence): Doubt {
  if (seen.samples === 0) {
    const sentence = `Nothing was counted for ${id}${whereCounted(metric)}: nobody can tell whether it holds.`;
    return { kind: 'no-data', rule: 'no-data', sentence };
  }
  const samples = `${formatCount(seen.samples)} of ${formatCount(minimumSamples)} samples`;
  const sentence = `Not yet: ${id} has only ${samples} in the last ${formatDuration(durationMs)}.`;
  return { kind: 'not-yet', rule: 'samples', sentence };
}

function uncompared(criterion: Criterion, evidence: Evidence, reason: string): Doubt | null {
  if (evidence.baseline === 0 && !isWorseThanNothing(criterion, evidence)) return null;
  const sentence = `${criterion.id} could not be compared: ${reason}: nobody can tell whether it holds.`;
  return { kind: 'no-data', rule: 'no-data', sentence };
}

/** Beside a baseline at 0 there is no percentage, but no harm either where the canary does not lie on the bad side of 0. */
function isWorseThanNothing({ badWhen }: Criterion, { own }: Evidence): boolean {
  if (own === undefined) return true;
  return badWhen === 'above' ? own.value > 0 : own.value < 0;
}

function whereCounted(metric: Criterion['metric']): string {
  if (metric === 'availability')
    return ' (it counts health_checks_passed and health_checks_failed among `counters`)';
  return metric.startsWith('response_time_') ? ' (it counts `latency`)' : '';
}
