import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  if (given !== undefined && HEX.test(given)) return Buffer.from(given, 'hex');
  const path = join(home, 'fingerprint.key');
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    return await readOrMake(path);
  } catch {
    return randomBytes(BYTES);
  }
}

async function readOrMake(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'wx', 0o600);
    const key = randomBytes(BYTES);
    await file.writeFile(key.toString('hex'));
    await file.close();
    return key;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
  }
}
