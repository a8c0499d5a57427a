const runsOfGoal = 10_000;
const secondsOfGoal = 1_800;

/** No run may break; the time is for 10 000 runs on two cores, and in proportion for more. */
export function goalsOf(runs) {
  return {
    broken: { max: 0 },
    seconds: { max: Math.ceil((secondsOfGoal * Math.max(runs, runsOfGoal)) / runsOfGoal) },
  };
}

export function figuresOf(reports, elapsedMs) {
  const sum = (of) => reports.reduce((total, report) => total + of(report), 0);
  return {
    runs: reports.length,
    broken: sum(({ problem }) => (problem === null ? 0 : 1)),
    seconds: Math.round(elapsedMs / 1_000),
    workflowTasks: sum(({ tasks }) => tasks),
    kills: sum(({ kills }) => kills),
    replayed: sum(({ isReplayed }) => (isReplayed ? 1 : 0)),
  };
}
