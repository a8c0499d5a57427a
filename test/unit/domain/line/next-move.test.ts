import {
  nextMove,
  type LineDecision,
  type RunningDeployment,
} from '../../../../src/domain/line/next-move';
import type { LineKind } from '../../../../src/domain/line/line-entry';
import { PHASES } from '../../../../src/domain/phase';
import { anEntry, aRunning } from './entries';

const KINDS: readonly LineKind[] = ['reject', 'queue', 'supersede', 'rollback'];

function move(
  kind: LineKind,
  running: Partial<RunningDeployment>,
  refused: readonly LineDecision[] = [],
): string {
  const next = nextMove(anEntry('new', kind), aRunning(running), refused);
  return next.kind === 'ask' ? `ask ${next.decision}` : next.kind;
}

describe('what the head of the line does while another deployment holds the lock', () => {
  test.each(KINDS)('%s: a warm one is asked to make way', (kind) => {
    expect(move(kind, { phase: 'warm', trafficPercent: 100 })).toBe('ask yield');
  });

  test.each(KINDS)('%s: one that is finishing ends by itself', (kind) => {
    expect(move(kind, { phase: 'finish', trafficPercent: 100 })).toBe('wait');
    expect(move(kind, { phase: 'ended' })).toBe('wait');
  });

  test.each([
    ['reject', 'refuse'],
    ['queue', 'wait'],
    ['supersede', 'ask supersede'],
    ['rollback', 'ask supersede'],
  ] as const)('%s, before any user has seen the candidate: %s', (kind, expected) => {
    const before = PHASES.slice(0, PHASES.indexOf('rollout'));
    expect(before.map((phase) => move(kind, { phase }))).toEqual(before.map(() => expected));
    expect(move(kind, { phase: 'rollout', trafficPercent: 0 })).toBe(expected);
  });

  test.each([
    ['reject', 'refuse'],
    ['queue', 'wait'],
    ['supersede', 'wait'],
    ['rollback', 'ask rollback'],
  ] as const)('%s, with user traffic: %s', (kind, expected) => {
    expect(move(kind, { phase: 'rollout', trafficPercent: 1 })).toBe(expected);
    expect(move(kind, { phase: 'verify', trafficPercent: 100 })).toBe(expected);
  });

  test.each([
    ['reject', 'refuse'],
    ['queue', 'wait'],
    ['supersede', 'wait'],
    ['rollback', 'wait'],
  ] as const)('%s, while it goes back: %s', (kind, expected) => {
    expect(move(kind, { phase: 'rollback', trafficPercent: 50 })).toBe(expected);
  });

  test('a newer version never ends a way back that no user has seen yet, a newer way back does', () => {
    const running = { phase: 'prepare', isWayBack: true } as const;
    expect(move('supersede', running)).toBe('wait');
    expect(move('rollback', running)).toBe('ask supersede');
  });

  test('a way back asks for more where it is refused', () => {
    expect(move('rollback', { phase: 'warm' }, ['yield'])).toBe('ask rollback');
    expect(move('rollback', { phase: 'prepare' }, ['supersede'])).toBe('ask rollback');
    expect(move('rollback', { phase: 'warm' }, ['yield', 'rollback'])).toBe('ask rollback');
  });

  test('a newer version that is refused asks for the same again', () => {
    expect(move('queue', { phase: 'warm' }, ['yield'])).toBe('ask yield');
    expect(move('supersede', { phase: 'prepare' }, ['supersede'])).toBe('ask supersede');
  });

  test('the same request key attaches, but no way back to what it undoes', () => {
    const running = aRunning({ requestKey: 'ci:7', phase: 'rollout', trafficPercent: 50 });
    expect(nextMove(anEntry('a', 'queue', { requestKey: 'ci:7' }), running, [])).toEqual({
      kind: 'attach',
    });
    expect(nextMove(anEntry('a', 'rollback', { requestKey: 'ci:7' }), running, [])).toEqual({
      kind: 'ask',
      decision: 'rollback',
    });
  });
});
