import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { BelayError } from '../domain/errors';
import { homeLayout } from '../domain/home-layout';
import { errorCode } from './error-code';

/** Like the name of a variable, so that it is one part of a path and never another folder. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
const GROUP_AND_OTHERS = 0o077;
const LONGEST_BYTES = 16_384;

/**
 * The value of a secret that the worker itself uses (a bearer token, a signing secret): the file `secrets/NAME` of the home,
 * mode 0600, with one trailing line end cut off. Null where there is no such file. The values that instances get lie one
 * level deeper, by service and environment, and cannot be read by this.
 * @throws BelayError `ENVIRONMENT_NOT_READY`: other users may read the file, or it holds no usable value. Never with the value.
 */
export async function readSecret(home: string, name: string): Promise<string | null> {
  if (!NAME.test(name)) return null;
  const path = `${homeLayout(home).secrets}/${name}`;
  const file = await openIfAny(path, name);
  if (file === null) return null;
  try {
    return await valueOf(file, { name, path });
  } finally {
    await file.close();
  }
}

interface SecretFile {
  readonly name: string;
  readonly path: string;
}

/** Without waiting: a named pipe at its place must not hold up a deployment. */
async function openIfAny(path: string, name: string): Promise<FileHandle | null> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    const code = errorCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const message = `The secret ${name} cannot be read (${code ?? 'unknown error'}).`;
    throw new BelayError('ENVIRONMENT_NOT_READY', `${message} ${TRAFFIC}`, {
      next: `Make ${path} a file that belongs to the user of the worker.`,
      cause,
    });
  }
}

async function valueOf(file: FileHandle, { name, path }: SecretFile): Promise<string | null> {
  const about = await file.stat();
  if (!about.isFile()) return null;
  if ((about.mode & GROUP_AND_OTHERS) !== 0) {
    const message = `The secret ${name} is open to other users of this machine, so it is not used.`;
    throw new BelayError('ENVIRONMENT_NOT_READY', `${message} ${TRAFFIC}`, {
      next: `Run \`chmod 600 ${path}\`, and replace the secret if others may have read it.`,
    });
  }
  if (about.size > LONGEST_BYTES) throw unusable({ name, path }, 'is longer than 16 KB');
  const value = (await file.readFile('utf8')).replace(/\r?\n$/, '');
  if (value === '') throw unusable({ name, path }, 'is empty');
  return value;
}

function unusable({ name, path }: SecretFile, how: string): BelayError {
  return new BelayError('ENVIRONMENT_NOT_READY', `The secret ${name} ${how}. ${TRAFFIC}`, {
    next: `Write its value to ${path} (mode 0600).`,
  });
}

const TRAFFIC = 'Traffic stays as it is.';
