import { setTimeout as sleep } from 'node:timers/promises';
import type { Descendants } from './follow-descendants';
import { markedProcesses } from './marked-processes';
import { signalGroup, signalProcess } from './process-group';

/** What goes on forking is looked for again; a round without a find is the last. */
const MOST_ROUNDS = 50;
const BETWEEN_ROUNDS_MS = 10;

export interface EndedRun {
  readonly group: number;
  readonly runId: string;
  readonly descendants: Descendants;
}

/** Kills what is left of a run, and says how many processes that were; where they cannot be counted, 1 stands for all. */
export async function endSurvivors({ group, runId, descendants }: EndedRun): Promise<number> {
  const killed = new Set<number>();
  let hadGroup = false;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = new Set([...(await markedProcesses(runId)), ...(await descendants.alive())]);
    hadGroup = signalGroup(group, 'SIGKILL') || hadGroup;
    if (found.size === 0) break;
    for (const pid of found) {
      signalProcess(pid, 'SIGKILL');
      killed.add(pid);
    }
    await sleep(BETWEEN_ROUNDS_MS);
  }
  return Math.max(killed.size, hadGroup ? 1 : 0);
}
