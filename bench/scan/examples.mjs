import { cp, mkdtemp, chmod, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLine, runCommand } from '../../tools/run-command.mjs';

const replacements = [
  ['keep.go', 'cmd/generate/config/utils/validate.go'],
  ['seeded.go', 'cmd/generate/secrets/regen.go'],
];
const withinMs = 5 * 60_000;

/**
 * The texts that gitleaks' own rules are tried on, made by its own generator, the same in every run. They are made at
 * run time and stand nowhere else: each of them looks like a secret.
 *
 * @param {{sources: string, signal: AbortSignal}} options `sources`: the folder of its Go module
 * @returns {Promise<readonly {rule: string, path: string, text: string}[]>} `path`: where it must lie; empty: anywhere
 */
export async function makeExamples({ sources, signal }) {
  const work = await mkdtemp(join(tmpdir(), 'belay-bench-examples-'));
  try {
    const copy = join(work, 'gitleaks');
    await cp(sources, copy, { recursive: true });
    await makeWritable(copy);
    for (const [own, theirs] of replacements)
      await cp(fileURLToPath(new URL(`examples/${own}`, import.meta.url)), join(copy, theirs));
    const kept = join(work, 'examples.jsonl');
    const answer = await runCommand(['go', 'run', '.', join(work, 'rules.toml')], {
      cwd: join(copy, 'cmd/generate/config'),
      env: { ...process.env, BELAY_EXAMPLES: kept, GOFLAGS: '-mod=mod' },
      timeoutMs: withinMs,
      signal,
    });
    signal.throwIfAborted();
    if (answer.code !== 0) throw new Error(`gitleaks' examples: ${lastLine(answer)}`);
    const lines = (await readFile(kept, 'utf8')).trim().split('\n');
    return lines.map((line) => JSON.parse(line));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Go keeps modules read-only. */
async function makeWritable(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}
