import { readInstanceLogIds } from '../../tools/load/instance-log.mjs';
import { whereWas } from './where-was.mjs';

const mostTold = 20;

/**
 * Says of each failed request how it failed, whether an instance had it, and what its deployment was doing.
 *
 * @param {readonly import('./lane.mjs').Lane[]} lanes
 * @param {{instanceLogs: string, log: (line: string) => void}} options
 * @returns {Promise<boolean>} whether there was anything that somebody may want to look into
 */
export async function tellFailures(lanes, { instanceLogs, log }) {
  const failures = lanes.flatMap((lane) => lane.sums.failures.map((record) => ({ lane, record })));
  const had = failures.length === 0 ? new Set() : await readInstanceLogIds(instanceLogs);
  for (const { lane, record } of failures.slice(0, mostTold)) {
    const { startedAtMs, endedAtMs } = record;
    log(`failed: ${JSON.stringify(record)}`);
    log(`  ${had.has(record.id) ? 'an instance logged it' : 'no instance logged it'}`);
    log(`  ${lane.strategy.name}, sent at ${whereWas(lane.deployments, startedAtMs)}`);
    log(`  ended at ${whereWas(lane.deployments, endedAtMs)}`);
  }
  if (failures.length > mostTold) log(`… and ${failures.length - mostTold} more`);
  return failures.length > 0 || lanes.some(hasUnexpected);
}

function hasUnexpected({ rounds }) {
  return rounds.some(({ isAsExpected }) => !isAsExpected);
}
