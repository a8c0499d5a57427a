import { readFile, readdir } from 'node:fs/promises';

/** The variable that marks every process of a run, whatever group or session it moved to. */
export const RUN_ID = 'BELAY_RUN_ID';

/** The living processes of a run. Linux only: elsewhere none is found, and only the process group is killed. */
export async function markedProcesses(runId: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^[1-9]\d{0,9}$/.test(name)).map(Number);
  const marked = await Promise.all(pids.map((pid) => isMarked(pid, runId)));
  return pids.filter((pid, index) => marked[index] === true && pid !== process.pid);
}

/** A process that has ended, or is another user's, cannot be read; a dead one has no environment. */
async function isMarked(pid: number, runId: string): Promise<boolean> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
    return environment
      .split('\0')
      .some((entry) => entry.startsWith(`${RUN_ID}=`) && entry.includes(runId));
  } catch {
    return false;
  }
}
