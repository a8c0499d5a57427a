import { momentOf } from '../../../bench/rollback/moments.mjs';
import type { PhaseStatus, StepStatus } from '../../../src/domain/status';

const shiftFrom = 10_000;
const shiftTo = 10_060;

describe('the moment that a decision met', () => {
  it.each([
    [shiftFrom - 20, 'shift'],
    [shiftFrom + 30, 'shift'],
    [shiftTo + 20, 'shift'],
    [shiftTo + 21, 'settle'],
    [shiftTo + 999, 'settle'],
    [shiftTo + 1_000, 'bake'],
    [shiftTo + 60_000, 'bake'],
  ])('is, issued at %i, the %s', (issuedAtMs, moment) => {
    expect(momentOf({ status: statusOf(), issuedAtMs, askedAtMs: null })).toBe(moment);
  });

  it('is none before any traffic was shifted', () => {
    const issuedAtMs = shiftFrom - 21;
    expect(momentOf({ status: statusOf(), issuedAtMs, askedAtMs: null })).toBeNull();
  });

  it('counts the settling from the last shift before it', () => {
    const status = statusOf([aShift(20_000, 20_050), aShift(null, null)]);
    expect(momentOf({ status, issuedAtMs: 20_500, askedAtMs: null })).toBe('settle');
    expect(momentOf({ status, issuedAtMs: 19_900, askedAtMs: null })).toBe('bake');
  });

  it('is a shift that the decision itself cut off', () => {
    const status = statusOf([aShift(20_000, null)]);
    expect(momentOf({ status, issuedAtMs: 20_090, askedAtMs: null })).toBe('shift');
  });

  it('is the question only once a person was seen to be asked', () => {
    const at = { status: statusOf(), issuedAtMs: shiftTo + 500 };
    expect(momentOf({ ...at, askedAtMs: at.issuedAtMs })).toBe('ask');
    expect(momentOf({ ...at, askedAtMs: at.issuedAtMs + 1 })).toBe('settle');
  });

  it('is warm from the moment on that it was live', () => {
    const status = { ...statusOf(), phases: [aPhase('warm', 12_000)] };
    expect(momentOf({ status, issuedAtMs: 11_999, askedAtMs: null })).toBe('bake');
    expect(momentOf({ status, issuedAtMs: 12_000, askedAtMs: null })).toBe('warm');
  });
});

function statusOf(more: readonly StepStatus[] = []): {
  readonly phases: readonly PhaseStatus[];
  readonly steps: readonly StepStatus[];
} {
  return { phases: [aPhase('rollout', 9_000)], steps: [aShift(shiftFrom, shiftTo), ...more] };
}

function aPhase(phase: PhaseStatus['phase'], startedAtMs: number): PhaseStatus {
  return { phase, startedAtMs, endedAtMs: null, result: null };
}

function aShift(startedAtMs: number | null, endedAtMs: number | null): StepStatus {
  const words = { id: '04-shift-10', summary: 'Shift', result: null } as const;
  const times = { startedAtMs, endedAtMs, candidateWeight: 10, limits: null };
  return { ...words, ...times, kind: 'shift', phase: 'rollout', state: 'done' };
}
