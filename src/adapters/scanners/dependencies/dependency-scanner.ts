import type { ScanReport, SkippedTarget, ToolIdentity } from '../../../domain/checks/scan-report';
import { notApplicable, unanswered } from '../../../domain/checks/scan-reports';
import type { CheckContext, CheckSubject } from '../../../ports/check-subject';
import type { Scanner } from '../../../ports/scanner';
import { readComponents, type ComponentsRead } from '../../inspection/components/read-components';
import { lockfileKind } from '../../inspection/lockfiles/lockfile-kind';
import { findAll } from './find-all';
import { findsProbe } from './probe';

const TOOL: ToolIdentity = {
  name: 'belay-dependencies',
  version: '1',
  rules: '1',
  dataUpdatedAtMs: null,
  dataSource: null,
};

/**
 * The supply chain as the lockfiles tell it: drift, integrity, sources, install scripts, licences. Known vulnerabilities are
 * another scanner's. Targets are lockfiles and manifests.
 */
export function createDependencyScanner(): Scanner {
  return {
    name: 'dependencies',
    identity: async () => `${TOOL.name} ${TOOL.version} rules ${TOOL.rules}`,
    async scan(subject, context) {
      const startedAtMs = Date.now();
      const report = await scan(subject, context);
      return { ...report, durationMs: Date.now() - startedAtMs };
    },
  };
}

async function scan(subject: CheckSubject, context: CheckContext): Promise<ScanReport> {
  const read = await readComponents(subject, context, 'dependencies');
  if (read.broken !== null) {
    const { status, reason } = read.broken;
    return unanswered('dependencies', status, { reason, total: 1, tool: TOOL });
  }
  const total = targetsOf(read);
  if (total === 0) {
    const count = subject.inventory.files.length;
    const files = `${count} ${count === 1 ? 'file' : 'files'}`;
    return notApplicable('dependencies', `no lockfile and no manifest among ${files}`, TOOL);
  }
  const probe = findsProbe();
  if (probe === 'miss') {
    const reason = 'the rules did not find their known-bad probe';
    return unanswered('dependencies', 'failed', { reason, total, tool: TOOL });
  }
  return report(read, findAll(read, subject.policy.dependencies), total);
}

function targetsOf({ lockfilePaths, manifests, strangeManifests }: ComponentsRead): number {
  return lockfilePaths.length + manifests.length + strangeManifests.length;
}

function isLockfile({ target }: SkippedTarget): boolean {
  return lockfileKind(target) !== null;
}

function report(
  { skipped, strangeManifests }: ComponentsRead,
  findings: ScanReport['findings'],
  targets: number,
): ScanReport {
  // Entries have findings of their own, and what is installed is not judged here: only lockfiles and manifests are holes.
  const files = [...skipped.filter(isLockfile), ...strangeManifests];
  const holes = files.filter(({ allowed }) => !allowed);
  const total = targets - (files.length - holes.length);
  const first = holes[0];
  return {
    scanner: 'dependencies',
    status: first === undefined ? 'completed' : 'partial',
    reason: first === undefined ? null : `${first.target}: ${first.reason}`,
    tool: TOOL,
    covered: total - holes.length,
    total,
    skipped: files,
    probe: 'hit',
    findings,
    durationMs: 0,
    cached: false,
  };
}
