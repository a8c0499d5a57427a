import { createFileArtifactStore } from '../adapters/artifacts/file-artifact-store';
import { createFileEvidenceRecord } from '../adapters/evidence/file-evidence-record';
import { createFileLedger } from '../adapters/ledger/file-ledger';
import { createRouterMetrics } from '../adapters/metrics/router-metrics';
import { createFileEnvironmentRecord } from '../adapters/records/file-environment-record';
import { createEmbeddedRouter } from '../adapters/routers/embedded/embedded-router';
import { createLocalFleet } from '../adapters/targets/local/local-fleet';
import type { TargetCapabilities } from '../domain/targets/capabilities';
import { LOCAL_TARGET } from '../domain/targets/local';
import { platformSocketPath } from '../platform/socket-path';
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
    artifacts: createFileArtifactStore({ home }),
    evidence: createFileEvidenceRecord({ home }),
    ledger: createFileLedger({ home }),
    records: createFileEnvironmentRecord({ home }),
    target: localTarget(home),
  };
}

function localTarget(home: string): Target {
  const socketPath = platformSocketPath(home);
  return {
    fleet: createLocalFleet({ socketPath }),
    router: createEmbeddedRouter({ socketPath }),
    metrics: createRouterMetrics({ socketPath }),
    capabilities: LOCAL_TARGET,
  };
}
