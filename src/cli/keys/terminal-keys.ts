import { readFileSync } from 'node:fs';
import type { KeySource, KeyStream } from './keyboard';

/** The keys of the terminal that this process was started on. */
export function terminalKeys(stdinOf: () => KeyStream): KeySource {
  return {
    // Opened only by who listens to it.
    get stdin() {
      return stdinOf();
    },
    isForeground,
    // The whole group, as the terminal does: npx and shells around us wait for it.
    raise: (signal) => void process.kill(signal === 'SIGTSTP' ? 0 : process.pid, signal),
    onContinued: (listener) => {
      process.on('SIGCONT', listener);
      return () => void process.off('SIGCONT', listener);
    },
    onExit: (listener) => {
      process.on('exit', listener);
      return () => void process.off('exit', listener);
    },
  };
}

/** From `/proc` where there is one; elsewhere it is taken for granted. */
function isForeground(): boolean {
  try {
    return isForegroundOf(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    return true;
  }
}

/** Whether the process group of a `stat` line is the one in front of its terminal. Exported for tests. */
export function isForegroundOf(stat: string): boolean {
  // The name before it may hold anything, a bracket too: state, parent, group, session, terminal, group in front.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [group, inFront] = [fields[2], fields[5]];
  return group === undefined || inFront === undefined || group === inFront;
}
