import type { Criterion } from '../analysis/criterion';
import type { BakeLimits } from '../rollout/strategy';
import { readGuard, type GuardReading } from './read-guard';

/** What the recording is judged by. */
export interface FileConfig {
  readonly criteria: readonly Criterion[];
  readonly limits: BakeLimits;
  /** What a deployment would do at the longest time with too little seen. */
  readonly onNoData: 'ask' | 'rollback';
  /** Keys that other modes use and this one does not. */
  readonly unused: readonly string[];
}

/** For a judge by statistics; accepted, so that the same file serves both. */
const UNUSED = ['alpha', 'beta', 'tests', 'warmupMs', 'plannedSteps', 'onInconclusive'] as const;
const KNOWN = [
  ...['minDwellMs', 'maxDwellMs', 'minCanaryRequests', 'guards', 'onNoData', 'mode'],
  ...UNUSED,
];

/** Null where something in it cannot be used; the structure then knows what. */
export function readConfig(value: unknown, reading: GuardReading): FileConfig | null {
  const { structure } = reading;
  const members = structure.members(value, 'config', KNOWN);
  if (members === null) return null;
  const leastMs = structure.number(members, 'minDwellMs', 0);
  const longestMs = structure.number(members, 'maxDwellMs', 0);
  const minimumRequests = structure.number(members, 'minCanaryRequests', 0);
  structure.word(members, 'mode', { words: ['threshold'], otherwise: 'threshold' });
  const onNoData = structure.word(members, 'onNoData', {
    words: ['hold', 'ask', 'rollback'],
    otherwise: 'ask',
  });
  const guards = structure.list(members.values['guards'], 'config.guards');
  const criteria = guards.flatMap(
    (guard, index) => readGuard(guard, `config.guards[${index}]`, reading) ?? [],
  );
  if (leastMs === null || longestMs === null || minimumRequests === null) return null;
  if (longestMs < leastMs) return structure.refuse('config.maxDwellMs', 'is below minDwellMs');
  return {
    criteria: withUniqueIds(criteria),
    limits: { leastMs, longestMs, minimumRequests },
    onNoData: onNoData === 'rollback' ? 'rollback' : 'ask',
    unused: UNUSED.filter((key) => members.values[key] !== undefined),
  };
}

function withUniqueIds(criteria: readonly Criterion[]): readonly Criterion[] {
  return criteria.map((criterion, index) => {
    const before = criteria.slice(0, index).filter(({ id }) => id === criterion.id).length;
    return before === 0 ? criterion : { ...criterion, id: `${criterion.id}-${before + 1}` };
  });
}
