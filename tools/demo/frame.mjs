import { outcomeOf } from './tally.mjs';

const barWidth = 20;

/**
 * The demo as it stands.
 *
 * @param {{scenarios: readonly {name: string}[], played: readonly {name: string, status: object}[], current: {name: string, status: object | null} | null, counts: {requests: number, failed: number}}} state
 * @returns {import('./screen.mjs').Frame | null} null while nothing is played
 */
export function frameOf({ scenarios, played, current, counts }) {
  if (current === null) return null;
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const ended = new Map(played.map(({ name, status }) => [name, status]));
  const load = `${counts.requests} requests, ${counts.failed} failed`;
  const where = whereOf(current.status);
  const lines = scenarios.map(({ name }) => {
    const label = name.padEnd(width);
    if (name === current.name) return `  > ${label}  ${where}  ${bar(current.status)}`;
    return ended.has(name) ? `  + ${label}  ${outcomeOf(ended.get(name))}` : `    ${label}`;
  });
  return {
    lines: ['', ...lines, `    ${load}`],
    line: `${current.name}: ${where}, ${load}`,
    key: `${current.name} ${where}`,
  };
}

/** Phase and step, what is waited for, and the traffic of both revisions. */
function whereOf(status) {
  if (status === null) return 'starting';
  const { phase, step, waitingFor } = status;
  const waits = waitingFor === null ? '' : `, waits for ${waitingFor}`;
  const traffic = status.observed ?? status.weights;
  const percent =
    traffic === null ? '' : `, stable ${traffic.stable} % candidate ${traffic.candidate} %`;
  return `${phase}${step === null ? '' : ` ${step}`}${waits}${percent}`;
}

function bar(status) {
  const traffic = status?.observed ?? status?.weights ?? null;
  if (traffic === null) return '';
  const candidate = Math.round((traffic.candidate / 100) * barWidth);
  return `[${'#'.repeat(candidate)}${'.'.repeat(barWidth - candidate)}]`;
}
