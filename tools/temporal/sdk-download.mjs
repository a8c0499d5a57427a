import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLine, runCommand } from '../run-command.mjs';

const firstByteWithinMs = 6_000;
const downloadWithinMs = 180_000;

/** Binaries that an earlier use of the Temporal SDK left in the system's temporary folder. */
export function sdkBinaries(env) {
  const folder = env.TMPDIR || tmpdir();
  try {
    return binariesIn(folder);
  } catch {
    return [];
  }
}

/**
 * Lets the Temporal SDK's testing package download its own dev server into `folder`. Without a
 * network it fails within seconds: no file has begun to grow by then.
 *
 * @returns {Promise<{ok: true, path: string} | {ok: false, why: string}>} a path in `folder`
 */
export async function fromSdk(folder, { env, signal, sources }) {
  if (!hasTestingPackage()) return { ok: false, why: '@temporalio/testing is not installed' };
  const stop = new AbortController();
  const watch = setTimeout(() => {
    if (readdirSync(folder).length === 0) stop.abort();
  }, firstByteWithinMs);
  const answer = await runCommand([process.execPath, sources.sdkDownload, folder], {
    env,
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    timeoutMs: downloadWithinMs,
  });
  clearTimeout(watch);
  signal?.throwIfAborted();
  if (stop.signal.aborted) return { ok: false, why: 'no download began within 6 s' };
  const path = binariesIn(folder)[0];
  if (answer.code === 0 && path !== undefined) return { ok: true, path };
  return { ok: false, why: lastLine(answer) };
}

function binariesIn(folder) {
  return readdirSync(folder)
    .filter((name) => /^temporal-sdk-typescript-\d[\w.]*$/.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => join(folder, name));
}

function hasTestingPackage() {
  try {
    createRequire(import.meta.url).resolve('@temporalio/testing');
    return true;
  } catch {
    return false;
  }
}
