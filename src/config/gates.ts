import type { Gate, GateMetric, GateThreshold } from '../domain/checks/gate';
import { findingsCountedBy } from '../domain/checks/measured-scanners';
import type { CheckPolicy } from '../domain/checks/policy';
import { readCheckPolicy } from './check-policy';
import type { BelayFile } from './schema/belay-file';
import { metricOfGate, type GateBlock } from './schema/gates';
import { changePercentOf } from './schema/threshold';

const SECURITY_GATES: readonly Gate[] = [
  blocking('Critical Vulnerabilities', 'critical_vulnerabilities', 0),
  blocking('High Vulnerabilities', 'high_vulnerabilities', 5),
  blocking('Secret Detection', 'secrets', 0),
];

/**
 * The gates of the three groups in one list. Without the block the specification's three security gates hold, but for
 * those whose scanner the file switches off. `coverage` of the unit tests is a gate of its own where there is none.
 */
export function readGates(
  file: Pick<BelayFile, 'qualityGates' | 'deploymentPipeline'>,
): readonly Gate[] {
  const policy = readCheckPolicy(file, '.');
  const { qualityGates } = file;
  const { build = [], security = [], performance = [] } = qualityGates ?? {};
  const own =
    qualityGates === undefined
      ? SECURITY_GATES.filter(({ metric }) => canBeMeasured(metric, policy))
      : [...build, ...security, ...performance].flatMap(readGate);
  return [...own, ...coverageGate(file, own, policy)];
}

/** Whether the scanner that a counting gate rests on is switched on; the score rests on all of them. */
export function canBeMeasured(
  metric: GateMetric,
  { scanners }: Pick<CheckPolicy, 'scanners'>,
): boolean {
  if (metric === 'security_score') return Object.values(scanners).every((isOn) => isOn);
  const needed = findingsCountedBy(metric)?.needed ?? 'dependencies';
  return needed === 'dependencies' || scanners[needed];
}

function coverageGate(
  { deploymentPipeline }: Pick<BelayFile, 'deploymentPipeline'>,
  gates: readonly Gate[],
  { tests }: CheckPolicy,
): readonly Gate[] {
  const coverage = deploymentPipeline?.testing?.unitTests?.coverage;
  const isMeasured = tests.unit !== null || tests.evidence.length > 0;
  const isGated = gates.some(({ metric }) => metric === 'unit_test_coverage');
  if (coverage === undefined || !isMeasured || isGated) return [];
  return [blocking('Unit Test Coverage', 'unit_test_coverage', coverage)];
}

function blocking(name: string, metric: GateMetric, value: number): Gate {
  return {
    name,
    metric,
    threshold: { kind: 'absolute', value },
    blocking: true,
    onMissing: 'fail',
    warnAt: null,
    scope: 'all',
    environments: null,
  };
}

/** A gate blocks unless it says otherwise. */
function readGate(block: GateBlock): Gate[] {
  const metric = metricOfGate(block);
  if (metric === null) return [];
  const blocks = block.blocking ?? true;
  return [
    {
      name: block.name,
      metric,
      threshold: thresholdOf(block.threshold),
      blocking: blocks,
      onMissing: block.onMissing ?? (blocks ? 'fail' : 'warn'),
      warnAt: block.warnAt ?? null,
      scope: block.scope ?? 'all',
      environments: block.environments ?? null,
    },
  ];
}

function thresholdOf(threshold: GateBlock['threshold']): GateThreshold {
  return typeof threshold === 'number'
    ? { kind: 'absolute', value: threshold }
    : { kind: 'relative', changePercent: changePercentOf(threshold.relativeToPrevious) ?? 0 };
}
