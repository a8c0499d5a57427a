import type { ScannerName } from '../catalog';
import type { Finding } from '../finding';
import { orderFindings } from '../order-findings';
import type { ScanReport } from '../scan-report';
import type { VerificationSubject } from '../verification-subject';
import { findingResult } from './finding-result';
import type { SarifComponent, SarifRun } from './log';
import { sarifRules, type RuleSighting } from './rules';
import { artifactsOf, indexed, leftOutNotification, RUN_FRAME } from './run-parts';
import { scanInvocation } from './scan-invocation';

/** GitHub refuses a run with more; the worst come first, and how many are left out is said. */
const MOST_RESULTS = 25_000;

/** All that was told for one scanner, by however many tools. */
export interface ScannerPart {
  readonly scanner: ScannerName;
  readonly scans: readonly ScanReport[];
  readonly findings: readonly Finding[];
}

/** One scanner's part: what it found, what it could not look at, and whether its silence means anything. */
export function scanRun(
  { scanner, scans, findings }: ScannerPart,
  subject: VerificationSubject,
): SarifRun {
  const listed = orderFindings(findings).slice(0, MOST_RESULTS);
  const rules = sarifRules(listed.map(sightingOf), ['security', scanner]);
  const artifacts = artifactsOf(listed.map(({ location }) => location));
  const indexes = { rules: indexed(rules.map(({ id }) => id)), artifacts: artifacts.indexes };
  const leftOut = leftOutNotification(findings.length - listed.length);
  return {
    ...RUN_FRAME,
    tool: {
      driver: { name: 'Belay', version: subject.version, rules },
      extensions: distinct(scans.map(toolOf)),
    },
    automationDetails: { id: `belay/${scanner}/` },
    invocations: scans.map((scan) => scanInvocation(scan, leftOut, subject)),
    artifacts: artifacts.list,
    results: listed.map((finding) => findingResult(finding, indexes)),
    properties: {
      scanner,
      coverage: scans.map(({ status, covered, total, probe }) => ({
        ...{ status, covered, total, probe },
      })),
    },
  };
}

function sightingOf({ ruleId, severity, title, fix, cvss }: Finding): RuleSighting {
  return { ruleId, severity, title, help: fix?.sentence ?? null, cvss };
}

function toolOf({ tool }: ScanReport): SarifComponent {
  const { name, version, rules, dataUpdatedAtMs, dataSource } = tool;
  return {
    name,
    version,
    properties: {
      rules,
      ...(dataUpdatedAtMs === null
        ? {}
        : { dataUpdatedAt: new Date(dataUpdatedAtMs).toISOString() }),
      ...(dataSource === null ? {} : { dataSource }),
    },
  };
}

/** A list of tools may hold each once. */
function distinct(tools: readonly SarifComponent[]): readonly SarifComponent[] {
  return [...new Map(tools.map((tool) => [JSON.stringify(tool), tool])).values()];
}
