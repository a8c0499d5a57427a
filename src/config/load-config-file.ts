import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BelayError } from '../domain/errors';
import type { BelayConfig } from './belay-config';
import { parseConfig } from './parse-config';

export const CONFIG_FILE = 'belay.yaml';
const MOST_BYTES = 1_000_000;

/**
 * Reads the `belay.yaml` in the folder (never one above it), or the file itself.
 * @throws BelayError `CONFIG_MISSING` where there is none that can be read, `CONFIG_INVALID`
 */
export async function loadConfig(folderOrFile: string): Promise<BelayConfig> {
  const path = await configPath(resolve(folderOrFile));
  const text = await readText(path);
  return parseConfig(text, { file: basename(path), folder: dirname(path) });
}

async function configPath(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => unreadable(path, error));
  return found.isDirectory() ? join(path, CONFIG_FILE) : path;
}

async function readText(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => unreadable(path, error));
  if (!found.isFile() || found.size > MOST_BYTES) {
    throw new BelayError(
      'CONFIG_MISSING',
      `${path} is not a file of at most ${MOST_BYTES} bytes, so it is no configuration. Nothing was started.`,
      { next: ELSEWHERE },
    );
  }
  return readFile(path, 'utf8').catch((error: unknown) => unreadable(path, error));
}

const ELSEWHERE =
  'Change into the folder of the service or name it with `-C DIR`; docs/configuration/minimal.yaml is a file to start from.';

function unreadable(path: string, cause: unknown): never {
  const { code = String(cause) } = cause as { readonly code?: string };
  const what = code === 'ENOENT' ? `There is no ${path}` : `${path} cannot be read (${code})`;
  throw new BelayError('CONFIG_MISSING', `${what}. Nothing was started.`, {
    next: ELSEWHERE,
    cause,
  });
}
