import { FileArtifactStore } from '../adapters/artifacts/file-artifact-store';
import { FileEvidenceRecord } from '../adapters/evidence/file-evidence-record';
import { FileLedger } from '../adapters/ledger/file-ledger';
import { RouterMetrics } from '../adapters/metrics/router-metrics';
import { FileEnvironmentRecord } from '../adapters/records/file-environment-record';
import { EmbeddedRouter } from '../adapters/routers/embedded/embedded-router';
import { LocalFleet } from '../adapters/targets/local/local-fleet';
import type { TargetCapabilities } from '../domain/targets/capabilities';
import { LOCAL_TARGET } from '../domain/targets/local';
import { platformSocketPath } from '../platform/admin-api';
import type { ArtifactStore } from '../ports/artifact-store';
import type { EnvironmentRecord } from '../ports/environment-record';
import type { EvidenceRecord } from '../ports/evidence-record';
import type { Fleet } from '../ports/fleet';
import type { Ledger } from '../ports/ledger';
import type { MetricSource } from '../ports/metric-source';
import type { TrafficRouter } from '../ports/traffic-router';

/** The adapters of one `BELAY_HOME`: what needs no Temporal, for worker and CLI alike. */
export interface Adapters {
  readonly artifacts: ArtifactStore;
  readonly evidence: EvidenceRecord;
  readonly ledger: Ledger;
  readonly records: EnvironmentRecord;
  readonly target: Target;
}

export interface Target {
  readonly fleet: Fleet;
  readonly router: TrafficRouter;
  readonly metrics: MetricSource;
  readonly capabilities: TargetCapabilities;
}

export function openAdapters(home: string): Adapters {
  return {
    artifacts: new FileArtifactStore(home),
    evidence: new FileEvidenceRecord(home),
    ledger: new FileLedger(home),
    records: new FileEnvironmentRecord(home),
    target: localTarget(home),
  };
}

function localTarget(home: string): Target {
  const socketPath = platformSocketPath(home);
  return {
    fleet: new LocalFleet(socketPath),
    router: new EmbeddedRouter(socketPath),
    metrics: new RouterMetrics(socketPath),
    capabilities: LOCAL_TARGET,
  };
}
