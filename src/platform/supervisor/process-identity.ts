import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const PS_TIMEOUT_MS = 5_000;

/**
 * What tells a process from a later one with the same pid: boot and start time. Null where no such process lives (a
 * zombie does not). Linux reads /proc, others ask `ps`.
 */
export function processStamp(pid: number): string | null {
  return process.platform === 'linux' ? linuxStamp(pid) : psStamp(pid);
}

/** Whether the process that once had this stamp still lives. Cheap enough to ask ten times a second. */
export function isAlive(pid: number, stamp: string): boolean {
  if (process.platform === 'linux') return linuxStamp(pid) === stamp;
  return signalReaches(pid);
}

/** Sends a signal to a process, or to a group by its negative id; false where nobody is there. */
export function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The group leaders that carry `BELAY_INSTANCE_ID` in their environment, by that id. */
export function findInstances(): Map<string, number> {
  return process.platform === 'linux' ? linuxInstances() : psInstances();
}

function signalReaches(pid: number): boolean {
  return signalTo(pid, 0);
}

interface LinuxStat {
  readonly state: string;
  readonly group: number;
  readonly startTicks: string;
}

function linuxStat(pid: number): LinuxStat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The command name may hold spaces and brackets; the fields after it do not.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', group: Number(fields[2]), startTicks: fields[19] ?? '' };
}

function linuxStamp(pid: number): string | null {
  const stat = linuxStat(pid);
  if (stat === null || stat.state === 'Z' || stat.state === 'X') return null;
  return `${bootId()}/${stat.startTicks}`;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'boot';
  }
}

function linuxInstances(): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const id = instanceIdOf(pid);
    if (id !== null && linuxStat(pid)?.group === pid && linuxStamp(pid) !== null)
      found.set(id, pid);
  }
  return found;
}

function instanceIdOf(pid: number): string | null {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    const entry = entries.find((line) => line.startsWith('BELAY_INSTANCE_ID='));
    return entry === undefined ? null : entry.slice('BELAY_INSTANCE_ID='.length);
  } catch {
    // Gone meanwhile, or somebody else's.
    return null;
  }
}

function psStamp(pid: number): string | null {
  const text = ps(['-o', 'stat=,lstart=', '-p', String(pid)]).trim();
  const [state, ...start] = text.split(/\s+/);
  return state === undefined || state === '' || state.startsWith('Z') ? null : start.join(' ');
}

function psInstances(): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of ps(['eww', '-ax', '-o', 'pid=,pgid=,command=']).split('\n')) {
    const [, pid, group] = /^\s*(\d+)\s+(\d+)\s/.exec(line) ?? [];
    const [, id] = /\sBELAY_INSTANCE_ID=(\S+)/.exec(line) ?? [];
    if (id !== undefined && pid === group) found.set(id, Number(pid));
  }
  return found;
}

function ps(args: readonly string[]): string {
  try {
    return execFileSync('ps', args, {
      encoding: 'utf8',
      timeout: PS_TIMEOUT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}
