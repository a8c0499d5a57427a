import { percentile } from '../rollback/figures.mjs';
import { FAULTY, isHealthy } from './kinds.mjs';

const slowestOffMs = 15_000;

/** Crashes are off within 15 s half of the time, and what is well is left alone. An evaluation stays below a millisecond. */
export const GOALS = {
  ...Object.fromEntries(
    FAULTY.filter(({ crashes }) => crashes).map(({ key }) => [
      `offMs${key}P50`,
      { max: slowestOffMs },
    ]),
  ),
  undetected: { max: 0 },
  falseRollbacks: { max: 0 },
  evaluationCpuUs: { max: 999.999 },
};

/**
 * Times are of runs that nothing disturbed; the disturbed are counted apart, with the slowest of them. A good candidate
 * that was taken back counts whatever else happened.
 *
 * @param {{runs: readonly Run[], specRuns: readonly Run[], evaluationCpuUs: number | null, specEvaluationCpuUs: number | null, requests: number}} results
 *   `specRuns`: those under the specification's own criteria
 * @typedef {{kind: import('./kinds.mjs').Kind, outcome: string, offMs: number | null, exposed: number, afterOff: number, wasOn: boolean, isDisturbed: boolean, stalledMs: number}} Run
 *   `offMs` null: it was never off, or never bad; without `wasOn` it ended before it got any traffic
 */
export function figuresOf(results) {
  const { evaluationCpuUs, specEvaluationCpuUs, requests } = results;
  const runs = results.runs.filter(({ wasOn }) => wasOn);
  const specRuns = results.specRuns.filter(({ wasOn }) => wasOn);
  return {
    runs: runs.length,
    ...timesOf(runs, 'offMs'),
    ...exposuresOf(runs, 'exposed'),
    exposed: percentile(
      faultyOf(runs).map(({ exposed }) => exposed),
      100,
    ),
    exposedAfterOff: faultyOf(runs).reduce((sum, { afterOff }) => sum + afterOff, 0),
    undetected: undetectedOf(runs),
    healthy: healthyOf(runs).length,
    falseRollbacks: takenBackOf(runs),
    disturbed: runs.filter(({ isDisturbed }) => isDisturbed).length,
    disturbedOffMsMax: percentile(offTimes(runs.filter(({ isDisturbed }) => isDisturbed)), 100),
    unstarted: results.runs.length - runs.length,
    evaluationCpuUs: rounded(evaluationCpuUs),
    specRuns: specRuns.length,
    ...timesOf(specRuns, 'specOffMs'),
    ...exposuresOf(specRuns, 'specExposed'),
    specUndetected: undetectedOf(specRuns),
    specFalseRollbacks: takenBackOf(specRuns),
    specDisturbed: specRuns.filter(({ isDisturbed }) => isDisturbed).length,
    specUnstarted: results.specRuns.length - specRuns.length,
    specEvaluationCpuUs: rounded(specEvaluationCpuUs),
    requests,
  };
}

function timesOf(runs, name) {
  return bySides(runs, name, (mine) => offTimes(mine.filter(({ isDisturbed }) => !isDisturbed)));
}

function exposuresOf(runs, name) {
  return bySides(runs, name, (mine) =>
    mine.filter(({ isDisturbed }) => !isDisturbed).map(({ exposed }) => exposed),
  );
}

/** p50 and the most, by kind. */
function bySides(runs, name, valuesOf) {
  return Object.fromEntries(
    FAULTY.flatMap(({ key }) => {
      const values = valuesOf(runs.filter(({ kind }) => kind.key === key));
      return [
        [`${name}${key}P50`, percentile(values, 50)],
        [`${name}${key}Max`, percentile(values, 100)],
      ];
    }),
  );
}

function offTimes(runs) {
  return faultyOf(runs).flatMap(({ offMs }) => offMs ?? []);
}

function faultyOf(runs) {
  return runs.filter(({ kind }) => !isHealthy(kind));
}

function healthyOf(runs) {
  return runs.filter(({ kind }) => isHealthy(kind));
}

/** Everybody got it, or nobody can tell that it was taken back in time. */
function undetectedOf(runs) {
  return faultyOf(runs).filter(({ offMs, outcome }) => offMs === null || outcome === 'succeeded')
    .length;
}

function takenBackOf(runs) {
  return healthyOf(runs).filter(({ outcome }) => outcome !== 'succeeded').length;
}

function rounded(us) {
  return us === null ? null : Number(us.toPrecision(3));
}
