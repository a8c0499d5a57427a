import { readFile } from 'node:fs/promises';

const usPerTick = 10_000;

/** The processor time of a process so far, in µs; null where the system does not show it (it is read from /proc). */
export async function processorUs(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return text === null ? null : ticksOf(text) * usPerTick;
}

/** User and system time. The name of the program, in brackets before them, may hold anything. */
export function ticksOf(stat) {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
