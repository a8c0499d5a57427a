import type { CheckCache } from '../ports/check-cache';

/** Keeps nothing until it is known that what was looked at is what was listed. */
export interface DeferredCache extends CheckCache {
  readonly hasNew: () => boolean;
  readonly keepIf: (isSame: boolean) => Promise<void>;
}

/** For a folder that others may write to: a result about newer bytes must not be kept under the older ones. */
export function deferredCache(cache: CheckCache): DeferredCache {
  const waiting = new Map<string, unknown>();
  return {
    get: (key, maxAgeMs) => cache.get(key, maxAgeMs),
    put: (key, result) => {
      waiting.set(key, result);
      return Promise.resolve();
    },
    hasNew: () => waiting.size > 0,
    keepIf: async (isSame) => {
      if (!isSame) return;
      for (const [key, result] of waiting) await cache.put(key, result);
    },
  };
}
