import type { Finding } from '../finding';
import type { ScanReport } from '../scan-report';
import type { VerificationSubject } from '../verification-subject';
import { findingResult } from './finding-result';
import { artifactLocation } from './location';
import type { SarifComponent, SarifRun } from './log';
import { scanNotifications } from './notifications';
import { sarifRules, type RuleSighting } from './rules';
import { indexed, SOURCE_ROOT, timesOf } from './run-parts';

/** GitHub refuses a run with more; the worst come first, and how many are left out is said. */
const MOST_RESULTS = 25_000;
const MOST_ARTIFACTS = 1_000;

/** One scanner's part: what it found, what it could not look at, and whether its silence means anything. */
export function scanRun(
  scan: ScanReport,
  findings: readonly Finding[],
  subject: VerificationSubject,
): SarifRun {
  const listed = findings.slice(0, MOST_RESULTS);
  const rules = sarifRules(listed.map(sightingOf), ['security', scan.scanner]);
  const paths = listed.flatMap(({ location }) => (location === null ? [] : [location.path]));
  const artifacts = indexed([...new Set(paths)].slice(0, MOST_ARTIFACTS));
  const indexes = { rules: indexed(rules.map(({ id }) => id)), artifacts };
  return {
    tool: {
      driver: { name: 'Belay', version: subject.version, rules },
      extensions: [toolOf(scan)],
    },
    automationDetails: { id: `belay/${scan.scanner}/` },
    invocations: [
      {
        executionSuccessful: scan.status === 'completed' || scan.status === 'not-applicable',
        ...timesOf(subject, scan.durationMs),
        toolExecutionNotifications: scanNotifications(scan, findings.length - listed.length),
      },
    ],
    originalUriBaseIds: SOURCE_ROOT,
    artifacts: [...artifacts.keys()].map((path) => ({
      location: artifactLocation(path, new Map()),
    })),
    results: listed.map((finding) => findingResult(finding, indexes)),
    columnKind: 'utf16CodeUnits',
    properties: {
      scanner: scan.scanner,
      status: scan.status,
      covered: scan.covered,
      total: scan.total,
      probe: scan.probe,
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
