import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const DEPENDENCIES = { lodash: '4.17.0' };

/**
 * A copy of a good revision that somebody spoiled in a hurry: a token in its settings, and a dependency of years ago. The
 * token is put together here, opens nothing and stands in no file of ours.
 *
 * @param {string} good
 * @param {string} folder
 */
export async function spoilShop(good, folder) {
  await cp(good, folder, { recursive: true });
  await writeFile(join(folder, '.env'), `GITHUB_TOKEN=${token()}\n`);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const spoilt = { ...manifest, dependencies: DEPENDENCIES };
  await writeFile(join(folder, 'package.json'), json(spoilt));
  await writeFile(join(folder, 'package-lock.json'), json(lockfileOf(spoilt)));
  return folder;
}

function token() {
  return ['ghp', 'dEm0'.repeat(9)].join('_');
}

function lockfileOf({ name, version, dependencies }) {
  const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
  const locked = Object.entries(dependencies).map(([dependency, at]) => [
    `node_modules/${dependency}`,
    { version: at, integrity, license: 'MIT' },
  ]);
  const root = { name, version, dependencies };
  return {
    name,
    version,
    lockfileVersion: 3,
    packages: { '': root, ...Object.fromEntries(locked) },
  };
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
