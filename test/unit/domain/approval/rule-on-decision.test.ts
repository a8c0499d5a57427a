import fc from 'fast-check';
import { DECISION_KINDS, OVERTAKING } from '../../../../src/domain/approval/decision';
import type { DecisionKind } from '../../../../src/domain/approval/decision';
import { DECISION_TABLE } from '../../../../src/domain/approval/decision-table';
import { ruleOnDecision } from '../../../../src/domain/approval/rule-on-decision';
import type { Ruling } from '../../../../src/domain/approval/rule-on-decision';
import { phasesOf, STANDINGS, standingOf } from '../../../../src/domain/approval/standing';
import { PHASES } from '../../../../src/domain/phase';
import type { Phase } from '../../../../src/domain/phase';
import { decision, NOW_MS, OTHER_PLAN, PLAN, situation } from '../support/decisions';

const UNVERIFIED = { verification: 'not-verified', reason: 'no proof is configured' } as const;
const ALL_PHASES: readonly Phase[] = [...PHASES, 'rollback', 'ended'];
const ACTIVITIES = ['working', 'baking', 'asking', 'paused'] as const;

const ruled = (
  kind: DecisionKind,
  where: Parameters<typeof situation>[0],
  how: Parameters<typeof decision>[0] = {},
): Ruling => ruleOnDecision(situation(where), decision({ kind, ...how }), UNVERIFIED);

describe('ruleOnDecision', () => {
  test('a rollback acts in every phase from the first one until the old fleet is retired', () => {
    for (const phase of PHASES.filter((one) => one !== 'finish')) {
      for (const activity of ACTIVITIES) {
        expect(ruled('rollback', { phase, activity })).toMatchObject({
          effect: 'applied',
          act: 'rollback',
        });
      }
    }
  });

  test('a rollback while it goes back already is recorded and changes nothing', () => {
    expect(ruled('rollback', { phase: 'rollback' })).toEqual({
      effect: 'counted',
      act: null,
      to: null,
      sentence: 'rollback: it is already going back',
    });
  });

  test('a rollback before the first effect says that nothing was started', () => {
    expect(ruled('rollback', { phase: 'scan', planDigest: null }).sentence).toBe(
      'rollback: it ends cancelled; nothing was started',
    );
  });

  test.each([
    ['for another deployment', { deploymentId: 'other' }, {}, 'names deployment other'],
    ['expired', { expiresAt: NOW_MS - 1 }, {}, 'had expired'],
    ['seen before', { id: 'd-0' }, { seenIds: ['d-0'] }, 'taken up before'],
    ['too late', {}, { phase: 'ended' }, 'it has ended'],
  ] as const)('a decision %s is refused with its reason, whatever its kind', (...row) => {
    const [, how, where, reason] = row;
    for (const kind of DECISION_KINDS) {
      const ruling = ruled(kind, where, how);
      expect(ruling).toMatchObject({ effect: 'refused', act: null });
      expect(ruling.sentence).toContain(reason);
    }
  });

  test('a decision that is exactly at its expiry still counts', () => {
    expect(ruled('reject', {}, { expiresAt: NOW_MS }).act).toBe('reject');
  });

  test('an identity that the verifier refused acts on nothing', () => {
    for (const kind of DECISION_KINDS) {
      const verification = { verification: 'refused', reason: 'unknown key' } as const;
      const ruling = ruleOnDecision(situation(), decision({ kind }), verification);
      expect(ruling).toMatchObject({ effect: 'refused', act: null });
      expect(ruling.sentence).toContain('unknown key');
    }
  });

  test('another plan or none voids an approval, and never stops a rollback, abort, reject or pause', () => {
    const baking = { phase: 'rollout', activity: 'baking' } as const;
    expect(ruled('approve', {}, { planDigest: OTHER_PLAN }).effect).toBe('refused');
    expect(ruled('promote', baking, { planDigest: OTHER_PLAN }).effect).toBe('refused');
    const { planDigest: _none, ...unbound } = decision();
    expect(ruleOnDecision(situation(), unbound, UNVERIFIED).sentence).toBe(
      'approve: an approval names the plan that was looked at',
    );
    for (const kind of OVERTAKING) {
      expect(ruled(kind, baking, { planDigest: OTHER_PLAN }).effect).toBe('applied');
    }
  });

  test('the last missing approval begins the rollout, the ones before are counted', () => {
    const first = ruled('approve', {});
    expect(first).toEqual({
      effect: 'counted',
      act: 'approve-vote',
      to: null,
      sentence: 'approve: 1 of 2 approvals',
    });
    const second = ruled('approve', { votes: [decision()] }, { id: 'd-2', actor: 'ben' });
    expect(second).toMatchObject({ effect: 'applied', act: 'approve-vote' });
  });

  test('one name approves once, and only a named approver approves', () => {
    expect(ruled('approve', { votes: [decision()] }, { id: 'd-2' }).sentence).toBe(
      'approve: ann has approved this plan already',
    );
    expect(ruled('approve', {}, { actor: 'eve' }).effect).toBe('refused');
  });

  test('an approval answers a question like promote does', () => {
    const asking = { phase: 'verify', activity: 'asking' } as const;
    expect(ruled('approve', asking, { actor: 'eve' })).toMatchObject({ act: 'promote' });
    expect(ruled('promote', asking)).toMatchObject({ effect: 'applied', act: 'promote' });
  });

  test('yield acts in warm only: elsewhere it still rolls out', () => {
    for (const phase of ALL_PHASES) {
      const { act } = ruled('yield', { phase, activity: 'baking' });
      expect(act).toBe(phase === 'warm' ? 'yield' : null);
    }
  });

  test('pause and resume act in rollout and verify only', () => {
    for (const phase of ALL_PHASES) {
      const rollsOut = phase === 'rollout' || phase === 'verify';
      expect(ruled('pause', { phase, activity: 'asking' }).act).toBe(rollsOut ? 'pause' : null);
      expect(ruled('resume', { phase, activity: 'paused' }).act).toBe(rollsOut ? 'resume' : null);
    }
  });

  test('every decision in every situation gets an answer that says why', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DECISION_KINDS),
        fc.record({
          phase: fc.constantFrom(...ALL_PHASES),
          activity: fc.constantFrom(...ACTIVITIES),
          planDigest: fc.option(fc.constant(PLAN)),
        }),
        (kind, where) => {
          const ruling = ruled(kind, where);
          expect(ruling.sentence.length).toBeGreaterThan(kind.length + 2);
          if (ruling.effect === 'refused') expect(ruling.act).toBeNull();
          if (ruling.effect === 'applied') expect(ruling.act).not.toBeNull();
        },
      ),
    );
  });
});

describe('promote --to', () => {
  const promoted = (to: number, share: number): Ruling =>
    ruled('promote', { phase: 'rollout', activity: 'baking', share }, { to });

  test.each([
    [50, 5, 50],
    [49, 5, 20],
    [99, 5, 50],
    [100, 5, 100],
    [100, 50, 100],
  ])('to %d from %d goes to the planned weight %d, never above what was asked', (...row) => {
    const [to, share, planned] = row;
    expect(promoted(to, share)).toMatchObject({
      effect: 'applied',
      act: 'promote-to',
      to: planned,
    });
  });

  test('a weight below the next one of the plan is refused and named', () => {
    expect(promoted(30, 20)).toMatchObject({ effect: 'refused', act: null, to: null });
    expect(promoted(30, 20).sentence).toContain('the next weight of its plan is 50 %');
  });

  test('with all traffic there is nothing ahead', () => {
    expect(promoted(100, 100).sentence).toContain('100 % already');
  });
});

describe('supersede', () => {
  test('ends a deployment that no user has seen, and waits for one with traffic', () => {
    const where = { phase: 'rollout', activity: 'baking' } as const;
    expect(ruled('supersede', { ...where, hadUserTraffic: false }).act).toBe('supersede');
    expect(ruled('supersede', { ...where, hadUserTraffic: true })).toMatchObject({
      effect: 'refused',
      act: null,
    });
  });
});

describe('the decision table', () => {
  test('has one row for every phase and activity', () => {
    for (const phase of ALL_PHASES) {
      for (const activity of ACTIVITIES) {
        for (const hadUserTraffic of [true, false]) {
          for (const isStableReduced of [true, false]) {
            const moment = { phase, activity, hadUserTraffic, isStableReduced };
            expect(phasesOf(standingOf(moment))).toContain(phase);
          }
        }
      }
    }
  });

  test('answers every kind in every standing', () => {
    for (const row of [...DECISION_KINDS, 'promote-to', 'rollback-to-inherited'] as const) {
      expect(Object.keys(DECISION_TABLE[row]).sort()).toEqual([...STANDINGS].sort());
    }
  });
});
