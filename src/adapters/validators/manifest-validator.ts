import type { CheckReport, Finding } from '../../domain/checks/finding';
import type { ArtifactCheck, CheckContext, CheckSubject } from '../../ports/artifact-check';
import { compareEntry, type Difference } from '../compare-entry';
import { strangers } from './manifest-validator/strangers';

/** Every file of the manifest is there with the bytes that were stored, and no link leaves the folder. */
export function createManifestValidator(): ArtifactCheck {
  return {
    name: 'manifest',
    async run(subject, context) {
      const startedAtMs = Date.now();
      const report = await lookedAt(subject, context);
      return { ...report, durationMs: Date.now() - startedAtMs };
    },
  };
}

const EMPTY: CheckReport = {
  check: 'manifest',
  status: 'completed',
  reason: null,
  covered: 0,
  applicable: 0,
  skipped: [],
  probe: 'none',
  findings: [],
  durationMs: 0,
};

async function lookedAt(
  { manifest, filesPath }: CheckSubject,
  { signal, progress }: CheckContext,
): Promise<CheckReport> {
  const { entries } = manifest;
  const findings: Finding[] = [];
  const skipped: { path: string; reason: string }[] = [];
  for (const [done, entry] of entries.entries()) {
    signal.throwIfAborted();
    progress(done, entries.length);
    const difference = await compareEntry(filesPath, entry);
    if (difference?.kind === 'unreadable') skipped.push({ path: entry.path, reason: 'unreadable' });
    else if (difference !== null) findings.push(findingOf(entry.path, difference));
  }
  findings.push(...(await strangers(filesPath, manifest)).map(strangerFinding));
  const covered = entries.length - skipped.length;
  return { ...EMPTY, covered, applicable: entries.length, skipped, findings };
}

function findingOf(path: string, { kind, title }: Difference): Finding {
  return {
    check: 'manifest',
    rule: kind,
    severity: 'critical',
    title,
    location: { path, line: null },
  };
}

/** Often something that an earlier instance wrote into its folder: worth knowing, and no reason to refuse. */
function strangerFinding(path: string): Finding {
  return {
    check: 'manifest',
    rule: 'not-in-manifest',
    severity: 'medium',
    title: 'was put into the stored artifact afterwards',
    location: { path, line: null },
  };
}
