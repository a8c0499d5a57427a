import type { TargetCapabilities } from '../domain/targets/capabilities';
import type { ApprovalVerifier } from '../ports/approval-verifier';
import type { ArtifactStore } from '../ports/artifact-store';
import type { CheckTools } from '../ports/check-tools';
import type { EnvironmentReadiness } from '../ports/environment-readiness';
import type { EnvironmentRecord } from '../ports/environment-record';
import type { EvidenceRecord } from '../ports/evidence-record';
import type { Fleet } from '../ports/fleet';
import type { Ledger } from '../ports/ledger';
import type { MetricSource } from '../ports/metric-source';
import type { Notifier } from '../ports/notifier';
import type { ProbeSource } from '../ports/probe-source';
import type { OpenReadingSource } from '../ports/reading-source';
import type { TrafficRouter } from '../ports/traffic-router';

/** What the activities of one environment work with: chosen in `workers/adapters.ts`, faked in tests. */
export interface ActivityDependencies {
  readonly fleet: Fleet;
  readonly router: TrafficRouter;
  readonly metrics: MetricSource;
  readonly probes: ProbeSource;
  readonly openReadingSource: OpenReadingSource;
  readonly capabilities: TargetCapabilities;
  readonly evidence: EvidenceRecord;
  readonly records: EnvironmentRecord;
  readonly ledger: Ledger;
  readonly artifacts: ArtifactStore;
  readonly checks: CheckTools;
  readonly readiness: EnvironmentReadiness;
  readonly verifier: ApprovalVerifier;
  readonly clock: () => number;
  /** Belay's own, as its verdicts name it. */
  readonly version: string;
  readonly notifier: Notifier;
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
}
