import { deferredCache } from '../../../src/workers/deferred-cache';
import { verifyFolder, type FolderOrder } from '../../../src/workers/verify-folder';
import type { CheckTools } from '../../../src/ports/check-tools';
import { FACTS, fakeCheckTools, INVENTORY, POLICY } from '../../support/check-tools';

const { signal } = new AbortController();
const watch = { signal, onProgress: () => undefined, onEnd: () => undefined };
const ORDER: FolderOrder = {
  root: '/folder',
  name: 'folder',
  policy: POLICY,
  facts: FACTS,
  gates: [],
  configFolder: '/folder',
  commit: null,
  previous: null,
  artifact: async () => INVENTORY.digest,
  mustBeThere: async () => undefined,
  version: '0.1.0',
};

function keeping(inventories: readonly string[]) {
  const kept: string[] = [];
  const left = [...inventories];
  const tools: CheckTools = {
    ...fakeCheckTools(),
    inventory: async () => ({ ...INVENTORY, digest: left.shift() ?? '' }),
    cache: { get: async () => null, put: async (key) => void kept.push(key) },
  };
  return { tools, kept };
}

test('results are kept where the folder is the same before and after', async () => {
  const { tools, kept } = keeping(['one', 'one']);
  const { file } = await verifyFolder(tools, ORDER, watch);
  expect(file.verification.passed).toBe(true);
  expect(kept).toHaveLength(9);
});

test('nothing is kept where the folder was changed while it was looked at', async () => {
  const { tools, kept } = keeping(['one', 'other']);
  await verifyFolder(tools, ORDER, watch);
  expect(kept).toEqual([]);
});

test('the folder must be there after the build, and before anything is listed', async () => {
  const order: string[] = [];
  const tools = fakeCheckTools({ tests: { build: async () => (order.push('build'), null) } });
  const missing = new Error('there is none');
  const mustBeThere = async (): Promise<void> => {
    order.push('look');
    throw missing;
  };
  await expect(verifyFolder(tools, { ...ORDER, mustBeThere }, watch)).rejects.toBe(missing);
  expect(order).toEqual(['build', 'look']);
});

test('an empty folder is no clean one', async () => {
  const tools = fakeCheckTools({ inventory: { ...INVENTORY, files: [] } });
  await expect(verifyFolder(tools, ORDER, watch)).rejects.toMatchObject({ code: 'ARTIFACT_EMPTY' });
});

test('a result that is put off is not there yet', async () => {
  const cache = deferredCache({ get: async () => null, put: async () => undefined });
  expect(cache.hasNew()).toBe(false);
  await cache.put('key', {});
  expect(cache.hasNew()).toBe(true);
  expect(await cache.get('key', 1)).toBeNull();
});
