import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BelayError } from '../domain/errors';
import { readFileIfAny } from './durable-file';
import { errorCode } from './error-code';

const BYTES = 32;
const HEX = /^[0-9a-f]{64}$/i;

export interface KeySurroundings {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The key of this installation's secret fingerprints: `BELAY_FINGERPRINT_KEY` (64 hexadecimal digits, for hosts that are to
 * give the same fingerprints), else a file of the home, made at first use. Where the home cannot be written, a key for this
 * run only.
 */
export async function fingerprintKey({ home, env }: KeySurroundings): Promise<Uint8Array> {
  const given = env['BELAY_FINGERPRINT_KEY'];
  if (given !== undefined && given !== '') return givenKey(given);
  const path = join(home, 'fingerprint.key');
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    return await readOrMake(path);
  } catch {
    return randomBytes(BYTES);
  }
}

function givenKey(text: string): Uint8Array {
  if (HEX.test(text)) return Buffer.from(text, 'hex');
  throw new BelayError(
    'USAGE',
    'BELAY_FINGERPRINT_KEY is not 64 hexadecimal digits. Nothing was checked; traffic stays as it is.',
    { next: 'Make one with `openssl rand -hex 32` and give it to every host.' },
  );
}

/** Two that come at the same time get the same key: a whole file is linked into place, and the second one reads it. */
async function readOrMake(path: string): Promise<Uint8Array> {
  const there = await readFileIfAny(path);
  if (there !== null && HEX.test(there.trim())) return Buffer.from(there.trim(), 'hex');
  // Half a key would let values be guessed; suppressions by its fingerprints did not hold anyway.
  if (there !== null) await rm(path, { force: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, randomBytes(BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
}
