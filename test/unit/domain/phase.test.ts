import {
  hasEffects,
  isLegalTransition,
  isLive,
  nextPhases,
  PHASES,
  possibleOutcomes,
} from '../../../src/domain/phase';
import type { Phase } from '../../../src/domain/phase';
import { exitCodeOf, OUTCOMES } from '../../../src/domain/outcome';

const ALL: readonly Phase[] = [...PHASES, 'rollback', 'ended'];

describe('phases', () => {
  test('go forward one by one and end after the last', () => {
    PHASES.forEach((phase, index) => {
      expect(isLegalTransition(phase, PHASES[index + 1] ?? 'ended')).toBe(true);
    });
  });

  test('never go back and never skip one', () => {
    PHASES.forEach((from, here) => {
      PHASES.forEach((to, there) => {
        expect(isLegalTransition(from, to)).toBe(there === here + 1);
      });
    });
  });

  test('before the first effect a deployment may simply end, after it only through rollback or the end; back is always open', () => {
    for (const phase of PHASES) {
      const touched = hasEffects(phase);
      expect(nextPhases(phase)).toContain('rollback');
      expect(nextPhases(phase).includes('ended')).toBe(!touched || phase === 'finish');
    }
  });

  test('from anywhere the end can be reached, and nothing follows it', () => {
    const reaches = (phase: Phase, steps: number): boolean =>
      phase === 'ended' ||
      (steps > 0 && nextPhases(phase).some((next) => reaches(next, steps - 1)));
    for (const phase of ALL) expect(reaches(phase, ALL.length)).toBe(true);
    expect(nextPhases('ended')).toEqual([]);
  });

  test('it is live from warm on, and only then it can have succeeded after its first effect', () => {
    expect(ALL.filter(isLive)).toEqual(['warm', 'finish']);
    expect(possibleOutcomes('rollback')).not.toContain('succeeded');
    expect(possibleOutcomes('authorize')).not.toContain('rolled-back');
  });
});

describe('outcomes', () => {
  test('have the exit codes of the command line', () => {
    const codes = OUTCOMES.map((outcome) => [outcome, exitCodeOf(outcome, { hasStable: true })]);
    expect(Object.fromEntries(codes)).toEqual({
      succeeded: 0,
      'rolled-back': 3,
      'rollback-incomplete': 4,
      blocked: 5,
      rejected: 5,
      cancelled: 7,
      superseded: 7,
    });
  });

  test('a first deployment that was undone leaves nothing serving: act now', () => {
    expect(exitCodeOf('rolled-back', { hasStable: false })).toBe(4);
  });
});
