import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { seededRandom } from '../rollback/seeded-random.mjs';
import { kinds } from './contents.mjs';
import { plantedIn } from './plants.mjs';

/** Of a hundred files; sizes in bytes, from and to. About 10 KB a file in all. */
const mix = [
  ['javascript', 34, 1_000, 32_000],
  ['typescript', 24, 1_000, 28_000],
  ['json', 13, 500, 40_000],
  ['yaml', 8, 300, 10_000],
  ['markdown', 9, 800, 24_000],
  ['environment', 2, 100, 1_500],
  ['minified', 3, 30_000, 200_000],
  ['binary', 7, 500, 40_000],
].flatMap(([kind, share, least, most]) => Array.from({ length: share }, () => [kind, least, most]));

/** A few are far larger, on one line: what bundlers make. */
const bigEvery = 2_500;
const bigBytes = 3_000_000;
const takesPlants = new Set(['typescript', 'javascript', 'yaml', 'markdown', 'environment']);

/**
 * Writes a tree of so many files, the same for the same seed, with the plants in it.
 *
 * @param {{folder: string, files: number, seed: number, plants: readonly {rule: string, path: string, text: string}[]}} options
 * @returns {Promise<{bytes: number, planted: readonly {rule: string, path: string, from: number, to: number}[]}>}
 */
export async function writeTree({ folder, files, seed, plants }) {
  const planted = [];
  let bytes = 0;
  for (const { path, content, plant } of treeFiles({ files, seed, plants })) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    bytes += content.length;
    if (plant) planted.push({ ...plant, path });
  }
  return { bytes, planted };
}

/** One file after the other, so that never all of them are in memory. */
export function* treeFiles({ files, seed, plants }) {
  const random = seededRandom(seed);
  const left = [...plants];
  const every = Math.max(1, Math.floor((files * 0.7) / Math.max(1, plants.length)));
  for (let index = 0; index < files; index += 1) {
    const file = plainFile(index, random);
    const isPlace = index % every === 0 || files - index <= left.length * 2;
    if (!isPlace || !takesPlants.has(file.kind) || left.length === 0) yield file;
    else yield withPlant(file, left.shift(), random);
  }
  // What found no place among them lies beside them.
  for (const plant of left) yield withPlant(besideFile(plant), plant, random);
}

function plainFile(index, random) {
  const [kind, least, most] =
    index % bigEvery === bigEvery - 1
      ? ['minified', bigBytes, bigBytes]
      : mix[Math.floor(random() * mix.length)];
  const { extension, content } = kinds[kind];
  const size = Math.floor(least + random() ** 3 * (most - least));
  const path = `packages/${String(index % 97).padStart(2, '0')}/src/file-${index}.${extension}`;
  return { kind, path, content: content(size, random) };
}

function besideFile(plant) {
  return { kind: 'markdown', path: `notes/${plant.rule}-${plant.text.length}.md`, content: '' };
}

/** Some rules look only at files of a certain name. */
function withPlant(file, { rule, path: wanted, text: example }, random) {
  const { text, from, to } = plantedIn(wanted === '' ? file.content : '', example, random);
  const path =
    wanted === '' ? file.path : file.path.replace(/[^/]+$/, (name) => `${name}.d/${wanted}`);
  return { ...file, path, content: text, plant: { rule, from, to } };
}
