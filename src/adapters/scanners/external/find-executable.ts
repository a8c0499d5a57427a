import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RunTool } from './run-to-report';

export type Executable =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'unavailable' | 'failed'; readonly reason: string };

/**
 * The executable of a tool: an absolute path, or a name on PATH; never one inside of what it scans. Where it is pinned, its
 * content is compared, behind every link.
 */
export async function findExecutable(
  { command: [program = ''], sha256 }: RunTool,
  root: string,
): Promise<Executable> {
  if (program.includes('/') && !isAbsolute(program))
    return failed('its command is neither an absolute path nor a plain name');
  for (const candidate of candidatesOf(program)) {
    const real = await realExecutable(candidate);
    if (real === null) continue;
    const realRoot = await realpath(root).catch(() => root);
    if (`${real}/`.startsWith(`${realRoot}/`))
      return failed('its executable lies inside of what is scanned');
    if (sha256 !== null && (await digestOf(real)) !== sha256.replace(/^sha256:/, '').toLowerCase())
      return failed('its executable is not the one that is pinned by sha256');
    return { kind: 'found', path: candidate };
  }
  return { kind: 'unavailable', reason: 'its executable was not found' };
}

function failed(reason: string): Executable {
  return { kind: 'failed', reason };
}

function candidatesOf(program: string): readonly string[] {
  if (program === '') return [];
  if (isAbsolute(program)) return [program];
  // An empty or relative part of PATH would mean the folder that happens to be the current one.
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, program));
}

async function realExecutable(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
    const real = await realpath(path);
    return (await stat(real)).isFile() ? real : null;
  } catch {
    return null;
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
