import { readFile, readdir } from 'node:fs/promises';

/** Everything that descends from a process, as far as it was seen while its parents lived. */
export interface Descendants {
  /** Those that still run. */
  alive(): Promise<readonly number[]>;
  stop(): void;
}

const LOOK_EVERY_MS = 200;

/**
 * Remembers who descends from a process: some programs clear or overwrite their environment (database servers do, for the
 * name that `ps` shows), and bear no mark any more. Linux only: elsewhere nobody is seen.
 */
export function followDescendants(root: number): Descendants {
  const known = new Map<number, string>();
  let looking: Promise<void> | null = null;
  const look = (): Promise<void> => {
    looking ??= lookFrom([root, ...known.keys()], known).finally(() => {
      looking = null;
    });
    return looking;
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    alive: async () => {
      await look();
      const starts = await Promise.all([...known.keys()].map(startOf));
      return [...known].filter(([, start], index) => starts[index] === start).map(([pid]) => pid);
    },
    stop: () => clearInterval(timer),
  };
}

async function lookFrom(from: readonly number[], known: Map<number, string>): Promise<void> {
  const waiting = [...from];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const pid of await childrenOf(parent)) {
      if (known.has(pid)) continue;
      const start = await startOf(pid);
      if (start === null) continue;
      known.set(pid, start);
      waiting.push(pid);
    }
  }
}

/** Each thread has the children that it started. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  try {
    const threads = await readdir(`/proc/${pid}/task`);
    const lists = await Promise.all(
      threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'latin1')),
    );
    return lists.flatMap((list) => list.trim().split(' ')).flatMap((word) => Number(word) || []);
  } catch {
    return [];
  }
}

/** When a process started, in ticks: with its id, that names it for good. Null for one that has ended. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The name before it may hold spaces and brackets.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? null : (rest[18] ?? null);
  } catch {
    return null;
  }
}
