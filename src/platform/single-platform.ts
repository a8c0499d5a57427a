import { linkSync, mkdirSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { codeOf } from './platform-error';

const ANSWER_MS = 2_000;

/**
 * Makes way for a platform on this socket: removes one that nobody listens on. Answers `taken` where another platform
 * has it, which is then left alone.
 */
export async function claimSocketPath(path: string): Promise<'free' | 'taken'> {
  ownFolder(dirname(path));
  const seen = inodeOf(path);
  if (seen === null) return 'free';
  if (await somebodyListens(path)) return 'taken';
  return takeAway(path, seen);
}

function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = statSync(folder);
  if (uid !== userInfo().uid)
    throw new Error(`${folder} belongs to another user; the platform will not listen there`);
}

function somebodyListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (listens: boolean): void => {
      socket.destroy();
      resolve(listens);
    };
    // A platform that is too busy to accept at once is still one.
    socket.setTimeout(ANSWER_MS, () => settle(true));
    socket.once('connect', () => settle(true));
    socket.once('error', (error) =>
      settle(codeOf(error) !== 'ECONNREFUSED' && codeOf(error) !== 'ENOENT'),
    );
  });
}

/** Two platforms may find the same stale socket: moving it aside shows whether it is still the one that was seen. */
function takeAway(path: string, seen: number): 'free' | 'taken' {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return inodeOf(path) === null ? 'free' : 'taken';
  }
  if (inodeOf(aside) === seen) {
    unlinkSync(aside);
    return 'free';
  }
  linkSync(aside, path);
  unlinkSync(aside);
  return 'taken';
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
