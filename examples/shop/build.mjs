#!/usr/bin/env node
/**
 * `node build.mjs [OUT]` assembles the four revisions into OUT/1 … OUT/4 (default: build/ beside this file), each a
 * whole artifact by itself. Twice the same bytes and modes, whatever the umask. A folder that this script did not
 * make is never replaced. As a module: `buildShop(out)` → the four absolute paths, in order.
 */
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { revisions } from './src/revisions.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const SHARED = ['server.js', 'shop.js', 'pricing.js', 'page.js', 'long-answers.js', 'defect.js'];

export async function buildShop(out) {
  const folders = [];
  for (const revision of revisions) {
    const folder = resolve(out, String(revision.revision));
    await clear(folder);
    await assemble(folder, revision);
    folders.push(folder);
  }
  return folders;
}

async function clear(folder) {
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.length > 0 && !names.includes('revision.json')) {
    throw new Error(
      `${folder} holds something else than a revision of the shop; choose another OUT`,
    );
  }
  await rm(folder, { recursive: true, force: true });
}

async function assemble(folder, revision) {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  for (const name of SHARED) {
    await write(join(folder, name), await readFile(join(HERE, 'src', name)));
  }
  await write(join(folder, 'revision.json'), json(revision));
  await write(join(folder, 'package.json'), json(packageOf(revision)));
}

/** Makes the folder CommonJS wherever it is copied to. */
function packageOf({ revision }) {
  return { name: 'shop', version: `${revision}.0.0`, private: true, type: 'commonjs' };
}

async function write(path, content) {
  await writeFile(path, content);
  await chmod(path, 0o644);
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const folder of await buildShop(process.argv[2] ?? join(HERE, 'build'))) {
    process.stdout.write(`${folder}\n`);
  }
}
