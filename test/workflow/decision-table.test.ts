import type { DecisionKind } from '../../src/domain/approval/decision';
import { DECISION_TABLE, type DecisionRow } from '../../src/domain/approval/decision-table';
import { STANDINGS, type Standing } from '../../src/domain/approval/standing';
import type { DeploymentStatus } from '../../src/domain/status';
import { checked } from '../support/simulator/checked';
import {
  BLUE_GREEN,
  RECREATE,
  ROLLING,
  bakingAt,
  decide,
  doingStep,
  inPhase,
  once,
  waitingFor,
  type Happening,
  type Scenario,
} from '../support/simulator/scenario';

/** How a deployment gets into a standing and stays there for a while. */
interface Drive {
  readonly change: Partial<Scenario>;
  readonly happenings: readonly Happening[];
  /** It stands there. */
  readonly when: Happening['when'];
  readonly plusMs?: number;
}

const APPROVAL = {
  approvers: [],
  quorum: 2,
  deadlineMs: 60_000,
  onDeadline: 'reject',
} as const;

const SLOW_START = { candidate: { startsInMs: 5_000 } } as const;
const TOO_SLOW = { latencyMs: 800 } as const;

/** Instances start while others have traffic already: the second batch. */
function startsSecondBatch({ steps }: DeploymentStatus): boolean {
  const awaited = steps.filter(({ kind, state }) => kind === 'awaitHealthy' && state !== 'to do');
  return awaited.length === 2 && awaited[1]?.state === 'doing';
}

const DRIVES: Readonly<Record<Standing, Drive>> = {
  'before-plan': { change: {}, happenings: [], when: inPhase('validate') },
  authorize: { change: { approval: APPROVAL }, happenings: [], when: waitingFor('approval') },
  'before-traffic': { change: SLOW_START, happenings: [], when: doingStep('healthy') },
  'paused-before-traffic': {
    change: SLOW_START,
    happenings: once(doingStep('launch'), decide('pause')),
    when: waitingFor('resume'),
  },
  'in-between': {
    change: { ...SLOW_START, strategy: RECREATE },
    happenings: [],
    when: doingStep('healthy'),
  },
  working: {
    change: { ...SLOW_START, strategy: ROLLING, instances: 4, stableInstances: 4 },
    happenings: [],
    when: startsSecondBatch,
  },
  baking: { change: {}, happenings: [], when: bakingAt(20) },
  asking: { change: { candidate: TOO_SLOW }, happenings: [], when: waitingFor('decision') },
  paused: {
    change: {},
    happenings: once(bakingAt(20), decide('pause')),
    when: waitingFor('resume'),
  },
  warm: { change: {}, happenings: [], when: inPhase('warm') },
  'warm-asking': {
    change: { strategy: BLUE_GREEN, rollbackWindowMs: 60_000 },
    happenings: once(inPhase('warm'), { kind: 'behave', who: 'candidate', change: TOO_SLOW }),
    when: ({ phase, waitingFor: what }) => phase === 'warm' && what === 'decision',
  },
  finish: { change: {}, happenings: [], when: doingStep('drain') },
  rollback: {
    change: {},
    happenings: once(bakingAt(20), decide('abort')),
    when: inPhase('rollback'),
  },
  ended: { change: { ledger: 'away' }, happenings: [], when: inPhase('ended'), plusMs: 100 },
};

/** Where a fleet of an earlier deployment still stands by: until users see the newcomer. */
const INHERITED: ReadonlySet<Standing> = new Set([
  'before-plan',
  'authorize',
  'before-traffic',
  'paused-before-traffic',
  'in-between',
]);

function kindOf(row: DecisionRow): DecisionKind {
  if (row === 'promote-to') return 'promote';
  return row === 'rollback-to-inherited' ? 'rollback' : row;
}

/** Whether the deployment can stand there and meet this row. */
function isMet(row: DecisionRow, standing: Standing): boolean {
  return row !== 'rollback-to-inherited' || INHERITED.has(standing);
}

const ROWS = Object.keys(DECISION_TABLE) as readonly DecisionRow[];
const CELLS = STANDINGS.flatMap((standing) =>
  ROWS.filter((row) => isMet(row, standing)).map((row) => ({ row, standing })),
);

test.each(CELLS)('$row in standing $standing is what the table says', async ({ row, standing }) => {
  const { change, happenings, when, plusMs = 0 } = DRIVES[standing];
  const isInherited = row === 'rollback-to-inherited';
  const decision = decide(kindOf(row), {
    id: 'asked',
    ...(row === 'promote-to' ? { to: 100 } : {}),
  });
  const { status } = await checked({
    ...change,
    ...(isInherited ? { before: 'warm' } : {}),
    happenings: [
      ...happenings,
      ...once(when, decision, plusMs),
      // Nobody answers a question or ends a pause otherwise, for hours.
      ...once(when, decide('abort'), plusMs + 3_000),
    ],
  });
  const record = status.decisions.find(({ id }) => id === 'asked');
  const rule = DECISION_TABLE[row][standing];
  expect(record).toMatchObject({ kind: kindOf(row), effect: rule.effect });
  // These two say how far it is, which the table cannot know.
  const saysMore = rule.act === 'approve-vote' || rule.act === 'promote-to';
  if (!saysMore) expect(record?.sentence).toBe(`${kindOf(row)}: ${rule.sentence}`);
});
