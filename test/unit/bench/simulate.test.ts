import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOnAllCores } from '../../../bench/simulate/crew.mjs';
import { figuresOf, goalsOf } from '../../../bench/simulate/figures.mjs';
import type { SeedReport } from '../../support/simulator/seed-report';

const FINE: SeedReport = { seed: 1, problem: null, tasks: 30, kills: 1, isReplayed: false };

describe('figures of the simulation benchmark', () => {
  it('count runs, what broke, kills and replays', () => {
    const reports = [
      FINE,
      { ...FINE, seed: 2, problem: 'an invariant', tasks: 0, kills: 0 },
      { ...FINE, seed: 20, kills: 29, isReplayed: true },
    ];
    expect(figuresOf(reports, 61_400)).toEqual({
      runs: 3,
      broken: 1,
      seconds: 61,
      workflowTasks: 60,
      kills: 30,
      replayed: 1,
    });
  });

  it('have half an hour for 10 000 runs, and as much more for more', () => {
    expect(goalsOf(10_000)).toEqual({ broken: { max: 0 }, seconds: { max: 1_800 } });
    expect(goalsOf(500)['seconds']).toEqual({ max: 1_800 });
    expect(goalsOf(20_000)['seconds']).toEqual({ max: 3_600 });
  });
});

describe('the processes of the simulation benchmark', () => {
  const RUNNER = `
process.on('message', (seed) => {
  if (seed === 3) process.exit(1);
  if (seed !== 5) process.send({ seed, problem: null, tasks: 1, kills: 1, isReplayed: false });
});`;

  it('run every seed once; one that ends or never answers is its seed’s fault and stops no other', async () => {
    const runner = join(mkdtempSync(join(tmpdir(), 'belay-runner-')), 'runner.cjs');
    writeFileSync(runner, RUNNER);
    const reports: SeedReport[] = [];
    await runOnAllCores({
      seeds: [1, 2, 3, 4, 5, 6, 7, 8],
      runner,
      answerWithinMs: 5_000,
      onReport: (report) => reports.push(report),
      signal: new AbortController().signal,
    });
    expect(reports.map(({ seed }) => seed).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const broken = reports.filter(({ problem }) => problem !== null);
    expect(broken.map(({ seed }) => seed).sort()).toEqual([3, 5]);
    expect(broken[0]?.problem).toMatch(/^BELAY_SEED=[35] shows it again/);
  }, 60_000);
});
