import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { cacheFolder } from '../../tools/cache-folder.mjs';
import { lastLine, runCommand } from '../../tools/run-command.mjs';

/** Checked by Go's checksum database, as every module is. */
const goModule = 'github.com/zricethezav/gitleaks/v8@v8.30.1';
const version = 'v8.30.1';
const buildWithinMs = 10 * 60_000;
const scanWithinMs = 20 * 60_000;

/**
 * gitleaks, built from its Go module and kept in Belay's cache, and the folder of its sources.
 *
 * @returns {Promise<{ok: true, path: string, sources: string} | {ok: false, why: string}>}
 */
export async function resolveGitleaks({ log, signal, env = process.env }) {
  const found = await runCommand(['go', 'mod', 'download', '-json', goModule], {
    ...{ env, signal, timeoutMs: buildWithinMs },
    cwd: homedir(),
  });
  signal.throwIfAborted();
  if (found.code !== 0) return { ok: false, why: `gitleaks is not here: ${lastLine(found)}` };
  const { Dir: sources } = JSON.parse(found.stdout);
  const path = join(cacheFolder('gitleaks', env), version, 'gitleaks');
  if (existsSync(path)) return { ok: true, path, sources };
  log(`building ${goModule} with go`);
  const work = join(cacheFolder('gitleaks', env), `work-${process.pid}`);
  await mkdir(work, { recursive: true });
  try {
    const built = await runCommand(['go', 'install', goModule], {
      ...{ env: { ...env, GOBIN: work }, signal, timeoutMs: buildWithinMs },
      cwd: work,
    });
    signal.throwIfAborted();
    if (built.code !== 0) return { ok: false, why: `go install ${goModule}: ${lastLine(built)}` };
    await mkdir(join(cacheFolder('gitleaks', env), version), { recursive: true });
    await rename(join(work, 'gitleaks'), path);
    return { ok: true, path, sources };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Everything that gitleaks finds in a folder, as it comes, with its own rules.
 *
 * @returns {Promise<{findings: readonly {path: string, from: number, to: number}[], seconds: number}>} lines from 1
 */
export async function scanWithGitleaks({ path, folder, report, signal }) {
  const startedMs = performance.now();
  const options = ['--no-banner', '--redact', '--exit-code', '0', '--report-format', 'json'];
  const answer = await runCommand([path, 'dir', folder, ...options, '--report-path', report], {
    timeoutMs: scanWithinMs,
    signal,
  });
  signal.throwIfAborted();
  if (answer.code !== 0) throw new Error(`gitleaks: ${lastLine(answer)}`);
  const found = JSON.parse(await readFile(report, 'utf8'));
  return {
    seconds: (performance.now() - startedMs) / 1_000,
    findings: found.map(({ File, StartLine, EndLine }) => ({
      path: relative(folder, File).replaceAll('\\', '/'),
      from: StartLine,
      to: EndLine,
    })),
  };
}
