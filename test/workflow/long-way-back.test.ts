import { checked } from '../support/simulator/checked';
import {
  BLUE_GREEN,
  CANARY,
  decide,
  inPhase,
  once,
  type Event,
  type Scenario,
} from '../support/simulator/scenario';

/** From here on a Temporal server warns; at five times as many it ends the run, and nobody would give traffic back. */
const WARNS_AT_EVENTS = 10_240;

const KILLED = { crash: 'killed' };
const STABLE_DIES: Event = { kind: 'behave', who: 'stable', change: KILLED };
const CANDIDATE_DIES: Event = { kind: 'behave', who: 'candidate', change: KILLED };

const CASES: readonly (readonly [string, Partial<Scenario>])[] = [
  ['blue-green', { strategy: BLUE_GREEN }],
  ['canary', { strategy: CANARY }],
];

test.each(CASES)(
  '%s: a way back that nobody can serve is tried for three hours without filling the history',
  async (_strategy, change) => {
    const { status, endedAtMs, events } = await checked({
      ...change,
      happenings: [
        ...once(inPhase('verify'), STABLE_DIES),
        ...once(inPhase('verify'), CANDIDATE_DIES),
        ...once(inPhase('verify'), decide('rollback'), 1_000),
      ],
    });
    expect(status.outcome).toBe('rollback-incomplete');
    expect(endedAtMs - status.startedAtMs).toBeGreaterThan(2.9 * 3_600_000);
    expect(events.length).toBeLessThan(WARNS_AT_EVENTS);
  },
);
