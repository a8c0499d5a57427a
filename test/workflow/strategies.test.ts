import { checked } from '../support/simulator/checked';
import type { Simulation } from '../support/simulator/simulate';
import { BLUE_GREEN } from '../support/simulator/scenario';

/** The candidate's share, command by command. */
function shares({ world }: Simulation): readonly number[] {
  return world.target.journal
    .filter(({ effect, epoch, repeat }) => effect === 'weights' && epoch > 1 && !repeat)
    .map(
      ({ detail }) => (detail['weights'] as Record<string, number>)[world.candidate.digest] ?? 0,
    );
}

function effects({ world }: Simulation): readonly string[] {
  const own = world.target.journal.filter(({ epoch, repeat }) => epoch > 1 && !repeat);
  return own.map(({ effect }) => effect);
}

test('a canary gives the candidate more step by step, ends at exactly 100 and retires the old fleet', async () => {
  const simulation = await checked();
  expect(simulation.status.outcome).toBe('succeeded');
  expect(shares(simulation)).toEqual([20, 50, 100]);
  expect(effects(simulation)).toEqual([
    'claim',
    'route',
    'ensure',
    'weights',
    'weights',
    'weights',
    'drain',
    'retire',
    'release',
  ]);
});

test('blue-green switches once, after the candidate is healthy', async () => {
  const simulation = await checked({ strategy: BLUE_GREEN });
  expect(simulation.status.outcome).toBe('succeeded');
  expect(shares(simulation)).toEqual([100]);
  expect(simulation.status.strategy).toBe('blue-green');
});

test('a first deployment has nothing to split with and nothing to retire', async () => {
  const simulation = await checked({ before: 'nothing' });
  expect(simulation.status).toMatchObject({
    outcome: 'succeeded',
    strategy: 'first',
    stable: null,
  });
  expect(simulation.world.target.journal.map(({ effect }) => effect)).toEqual([
    'claim',
    'route',
    'ensure',
    'weights',
    'release',
  ]);
});

test('a claim that a dead run left open is found: stable first, and its fleet goes', async () => {
  const simulation = await checked({ before: 'abandoned' });
  expect(simulation.status.outcome).toBe('succeeded');
  const own = simulation.world.target.journal.filter(({ epoch }) => epoch === 3);
  const stable = simulation.world.stable?.digest ?? '';
  expect(own.slice(0, 3).map(({ effect }) => effect)).toEqual(['claim', 'weights', 'retire']);
  expect(own[1]?.detail).toEqual({ weights: { [stable]: 100 } });
  expect(simulation.status.alerts.join()).toContain('left the target in between');
});

test('the answer, the ledger and the phases tell the same story', async () => {
  const { status, world, end } = await checked();
  const record = await world.ledger.find(status.deployment);
  expect(end).toMatchObject({ kind: 'completed', result: { outcome: 'succeeded' } });
  expect(record?.closing?.phases.map(({ phase }) => phase)).toEqual([
    'store',
    'validate',
    'scan',
    'gate',
    'package',
    'prepare',
    'plan',
    'authorize',
    'rollout',
    'verify',
    'warm',
    'finish',
  ]);
  expect(record?.closing?.exposure.requests).toBeGreaterThan(0);
});

test('Temporal says of it what the workflow says, whoever is asked', async () => {
  const { status, run } = await checked();
  expect(run.attributes.get('BelayRevision')).toEqual(status.revision);
  expect(run.attributes.get('BelayOutcome')).toEqual(status.outcome);
  expect(run.attributes.get('BelayStrategy')).toEqual(status.strategy);
  expect(run.attributes.get('BelayPhase')).toEqual(status.phase);
});

test('a check that could not look blocks before any effect', async () => {
  const simulation = await checked({ checks: 'fail' });
  expect(simulation.status.outcome).toBe('blocked');
  expect(effects(simulation)).toEqual([]);
});
