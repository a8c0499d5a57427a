/** Whether there was anyone to get it. */
export function signalGroup(group: number, signal: NodeJS.Signals): boolean {
  return kill(-group, signal);
}

export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  return kill(pid, signal);
}

export function isGroupThere(group: number): boolean {
  return kill(-group, 0);
}

function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

const watched = new Set<number>();

/** Kills the group where this process exits before the command does. Returns how to stop watching. */
export function watchGroup(group: number): () => void {
  if (watched.size === 0) process.on('exit', killWatched);
  watched.add(group);
  return () => {
    watched.delete(group);
    if (watched.size === 0) process.off('exit', killWatched);
  };
}

function killWatched(): void {
  for (const group of watched) signalGroup(group, 'SIGKILL');
}
