import { parentPort, workerData } from 'node:worker_threads';
import type { Finding } from '../../../domain/checks/finding';
import { readText } from './read-text';
import type { ScanFile, ScanMessage, ScanOrder, ScanResult, SkippedFile } from './scan-messages';
import { loadSecretRules, type SecretRules } from './secret-rules';

/** The thread that scans: secretlint never yields, and would starve the heartbeats of the thread it runs in. */
const PROGRESS_EVERY_MS = 200;
const MOST_FINDINGS = 1_000;

type Looked =
  | { readonly kind: 'covered'; readonly findings: readonly Finding[] }
  | ({ readonly kind: 'skipped' } & SkippedFile);

scan(workerData as ScanOrder).then(
  (result) => say({ kind: 'result', result }),
  (error: unknown) => {
    // Ends the thread with the error, so that the scan counts as failed.
    setImmediate(() => {
      throw error;
    });
  },
);

async function scan(order: ScanOrder): Promise<ScanResult> {
  const rules = await loadSecretRules();
  const probe = await findsProbe(rules);
  const skipped: SkippedFile[] = [];
  const findings: Finding[] = [];
  const sayProgress = progressSayer();
  for (const [done, file] of order.files.entries()) {
    sayProgress(done, file.path);
    const looked = await lookAt(file, order, rules);
    if (looked.kind === 'covered') findings.push(...looked.findings);
    else skipped.push({ path: looked.path, reason: looked.reason, applicable: looked.applicable });
  }
  const covered = order.files.length - skipped.length;
  return { probe, covered, skipped, findings: worstFirst(findings).slice(0, MOST_FINDINGS) };
}

/** A token that stands in no file, put together here so that it does not stand in this one either. */
async function findsProbe(rules: SecretRules): Promise<'hit' | 'miss'> {
  const token = ['ghp', 'a1B2'.repeat(9)].join('_');
  const found = await rules('probe.env', `TOKEN_OF_NOBODY="${token}"\n`);
  return found.some(({ rule }) => rule === 'github/GITHUB_TOKEN') ? 'hit' : 'miss';
}

async function lookAt(file: ScanFile, order: ScanOrder, rules: SecretRules): Promise<Looked> {
  const { path } = file;
  try {
    const content = await readText(`${order.root}/${path}`, order.maxTextBytes);
    switch (content.kind) {
      case 'binary':
        return { kind: 'skipped', path, reason: 'binary file', applicable: false };
      case 'too-large':
        return { kind: 'skipped', path, reason: tooLarge(file, order), applicable: true };
      case 'text':
        return { kind: 'covered', findings: await rules(path, content.text) };
    }
  } catch (error) {
    // Not the message: a rule that fails may quote what it was reading.
    const reason = `could not be scanned (${error instanceof Error ? error.name : 'unknown error'})`;
    return { kind: 'skipped', path, reason, applicable: true };
  }
}

function tooLarge({ bytes }: ScanFile, { maxTextBytes }: ScanOrder): string {
  return `text of ${bytes} bytes, more than ${maxTextBytes}`;
}

function progressSayer(): (done: number, path: string) => void {
  let saidAtMs = 0;
  return (done, path) => {
    if (Date.now() - saidAtMs < PROGRESS_EVERY_MS) return;
    saidAtMs = Date.now();
    say({ kind: 'progress', done, path });
  };
}

const ORDER = { critical: 0, high: 1, medium: 2, low: 3 } as const;

function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}

function say(message: ScanMessage): void {
  parentPort?.postMessage(message);
}
