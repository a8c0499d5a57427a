import { built } from '../../tools/demo/built.mjs';

const atLeastCpuMs = 1_000;

/**
 * The processor time of one evaluation, in µs: one more window, folded and judged, over windows that were recorded.
 *
 * @param {{home: string}} ground
 * @param {readonly import('./figures.mjs').Run[]} runs
 * @returns {Promise<number | null>} null where nothing was recorded
 */
export async function evaluationCpuUs({ home }, runs) {
  const { createFileEvidenceRecord } = built('adapters/evidence/file-evidence-record.js');
  const evidence = createFileEvidenceRecord({ home });
  const recorded = [];
  for (const { deployment, request } of runs) {
    const windows = (await evidence.read(deployment, 0)).map(({ window }) => window);
    if (windows.length > 0) recorded.push({ windows, config: configFor(request, windows) });
  }
  return recorded.length === 0 ? null : measure(recorded);
}

function configFor({ criteria, strategy }, windows) {
  // Those before it may show how stable did before it had company.
  const { fromMs } = windows.find(({ arms }) => arms.candidate !== null) ?? windows[0];
  const limits = strategy.steps[0].bake;
  return { criteria, limits, stepStartedAtMs: fromMs, pausedMs: 0 };
}

function measure(recorded) {
  const { judge, openJudge } = built('domain/analysis/judge.js');
  const evaluateAll = () => {
    let count = 0;
    for (const { windows, config } of recorded) {
      let state = openJudge(config);
      for (const window of windows) state = judge(config, state, window).state;
      count += windows.length;
    }
    return count;
  };
  evaluateAll();
  const before = process.cpuUsage();
  let count = 0;
  for (;;) {
    count += evaluateAll();
    const { user, system } = process.cpuUsage(before);
    if (user + system >= atLeastCpuMs * 1_000) return (user + system) / count;
  }
}
