import { copyFile, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildShop } from '../../examples/shop/build.mjs';

const entry = 'faulty-shop.cjs';

/** The first revision of the shop, with the entry that can make it bad. Answers its folder. */
export async function buildFaultyShop(folder) {
  const [artifact] = await buildShop(folder);
  const file = join(artifact, entry);
  await copyFile(fileURLToPath(new URL(entry, import.meta.url)), file);
  await chmod(file, 0o644);
  return artifact;
}
