import { readFile, readdir } from 'node:fs/promises';

/** Everything that descends from a process, as far as it was seen while its parents lived. */
export interface Descendants {
  /** Those that still run. */
  alive(): Promise<readonly number[]>;
  stop(): void;
}

const LOOK_EVERY_MS = 200;
/** What a look may cost. Behind it, only the process group and the mark are left to go by. */
const MOST_KNOWN = 1_000;

/**
 * Remembers who descends from a process: some programs clear or overwrite their environment (database servers do, for the
 * name that `ps` shows), and bear no mark any more. An id that the system gave to a stranger meanwhile is forgotten.
 * Linux only: elsewhere nobody is seen.
 * @param proc where the system shows its processes
 */
export function followDescendants(root: number, proc = '/proc'): Descendants {
  const known: Known = new Map();
  const begun = statOf(proc, root).then((stat) => {
    if (stat !== null) known.set(root, stat.start);
  });
  let looking: Promise<void> | null = null;
  const look = (): Promise<void> => {
    looking ??= begun
      .then(() => lookOn(proc, known))
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    alive: async () => {
      await look();
      const alive: number[] = [];
      for (const [pid, start] of known) {
        const stat = await statOf(proc, pid);
        if (pid !== root && stat?.start === start && !stat.isDead) alive.push(pid);
      }
      return alive;
    },
    stop: () => clearInterval(timer),
  };
}

/** When each started, in ticks: with its id, that names a process for good. */
type Known = Map<number, string>;

async function lookOn(proc: string, known: Known): Promise<void> {
  // All of them first: a new child may have got the id of one that has gone.
  for (const [pid, start] of [...known]) {
    if ((await statOf(proc, pid))?.start !== start) known.delete(pid);
  }
  const waiting = [...known.keys()];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    waiting.push(...(await newChildren(parent, proc, known)));
  }
}

async function newChildren(parent: number, proc: string, known: Known): Promise<readonly number[]> {
  const found: number[] = [];
  if ((await statOf(proc, parent))?.start !== known.get(parent)) return found;
  for (const pid of await childrenOf(proc, parent)) {
    if (known.has(pid) || known.size >= MOST_KNOWN) continue;
    const stat = await statOf(proc, pid);
    if (stat === null || stat.isDead) continue;
    known.set(pid, stat.start);
    found.push(pid);
  }
  return found;
}

/** Each thread has the children that it started. */
async function childrenOf(proc: string, pid: number): Promise<readonly number[]> {
  try {
    const threads = await readdir(`${proc}/${pid}/task`);
    const lists = await Promise.all(
      threads.map((thread) => readFile(`${proc}/${pid}/task/${thread}/children`, 'latin1')),
    );
    return lists.flatMap((list) => list.trim().split(' ')).flatMap((word) => Number(word) || []);
  } catch {
    return [];
  }
}

interface Stat {
  readonly start: string;
  /** It has ended, and its parent has not heard of it yet; until then nobody gets its id. */
  readonly isDead: boolean;
}

/** Null: nobody has that id. */
async function statOf(proc: string, pid: number): Promise<Stat | null> {
  try {
    const stat = await readFile(`${proc}/${pid}/stat`, 'latin1');
    // The name before it may hold spaces and brackets.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const start = rest[18];
    return start === undefined ? null : { start, isDead: state === 'Z' || state === 'X' };
  } catch {
    return null;
  }
}
