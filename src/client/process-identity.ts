import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process as it was: a pid alone may belong to another one by now. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the operating system counts it; only compared, never read. */
  readonly startTime: string;
}

/** Null where no such process runs; one that has ended and was not collected yet does not run. */
export function startTimeOf(pid: number): string | null {
  return process.platform === 'linux' ? linuxStartTime(pid) : psStartTime(pid);
}

export function isRunning({ pid, startTime }: ProcessIdentity): boolean {
  return startTimeOf(pid) === startTime;
}

/** Null where it has ended already. */
export function identify(pid: number): ProcessIdentity | null {
  const startTime = startTimeOf(pid);
  return startTime === null ? null : { pid, startTime };
}

const STATE_FIELD = 0;
const START_FIELD = 19;

function linuxStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces and brackets: fields are counted after its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[STATE_FIELD];
    if (state === 'Z' || state === 'X') return null;
    return fields[START_FIELD] ?? null;
  } catch {
    return null;
  }
}

function psStartTime(pid: number): string | null {
  try {
    const options = { encoding: 'utf8', timeout: 2_000, stdio: 'pipe' } as const;
    const text = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], options).trim();
    if (text === '' || text.startsWith('Z')) return null;
    return text.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}
