import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * The ids of all requests that the instances say they handled: the `id` of every JSON line in every file under
 * `folder`, rotated files too. Other lines, half-written ones and files that vanish meanwhile are passed over; a
 * folder that is not there is an error, for without it every failure would be the router's.
 *
 * @param {string} folder
 * @returns {Promise<Set<string>>}
 */
export async function readInstanceLogIds(folder) {
  const ids = new Set();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await readIds(join(entry.parentPath, entry.name), ids);
  }
  return ids;
}

async function readIds(file, ids) {
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const id = idOf(line);
      if (id !== null) ids.add(id);
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function idOf(line) {
  if (!line.startsWith('{') || !line.includes('"id"')) return null;
  try {
    const { id } = JSON.parse(line);
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
