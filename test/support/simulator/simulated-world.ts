import { createMemoryArtifactStore } from '../../../src/adapters/artifacts/memory-artifact-store';
import { createMemoryEvidenceRecord } from '../../../src/adapters/evidence/memory-evidence-record';
import { createMemoryLedger } from '../../../src/adapters/ledger/memory-ledger';
import { createMemoryEnvironmentRecord } from '../../../src/adapters/records/memory-environment-record';
import {
  createMemoryTarget,
  type MemoryTarget,
} from '../../../src/adapters/targets/memory/memory-target';
import { createActivities, type Activities } from '../../../src/activities';
import { revisionOf } from '../../../src/activities/checks/store-artifact';
import type { PlanningResult } from '../../../src/activities/planning';
import type { Notification } from '../../../src/domain/monitoring/notification';
import type { Revision } from '../../../src/domain/revision';
import { MEMORY_TARGET } from '../../../src/domain/targets/memory';
import { BelayError } from '../../../src/domain/errors';
import type { ApprovalVerifier } from '../../../src/ports/approval-verifier';
import type { ArtifactStore } from '../../../src/ports/artifact-store';
import type { EnvironmentRecord } from '../../../src/ports/environment-record';
import type { EvidenceRecord } from '../../../src/ports/evidence-record';
import type { Ledger } from '../../../src/ports/ledger';
import type { MetricSource } from '../../../src/ports/metric-source';
import type { TrafficRouter } from '../../../src/ports/traffic-router';
import type { ScannerName } from '../../../src/domain/checks/catalog';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { aScan, fakeCheckTools } from '../check-tools';
import { setTheScene } from './before';
import { logged, type PortCall } from './port-log';
import type { Random } from './random';
import { ARTIFACTS, REF, RUN, type Scenario } from './scenario';

/** The target and the records that a simulated deployment acts on, and what happened to them. */
export interface SimulatedWorld {
  readonly activities: Activities;
  readonly target: MemoryTarget;
  readonly records: EnvironmentRecord;
  readonly ledger: Ledger;
  readonly artifacts: ArtifactStore;
  readonly calls: readonly PortCall[];
  readonly alerts: readonly string[];
  readonly notifications: readonly Notification[];
  /** What served before; null on a first deployment. */
  readonly stable: Revision | null;
  /** What served before that and stands by; null: nothing does. */
  readonly older: Revision | null;
  readonly candidate: Revision;
}

interface WorldOptions {
  readonly scenario: Scenario;
  readonly clock: () => number;
  readonly random: Random;
}

export async function buildWorld({
  scenario,
  clock,
  random,
}: WorldOptions): Promise<SimulatedWorld> {
  const target = createMemoryTarget({ clock });
  const records = createMemoryEnvironmentRecord();
  const ledger = createMemoryLedger();
  const artifacts = createMemoryArtifactStore((path) => ({ 'server.js': `// ${path}` }));
  const revisionAt = async (path: string, commit: string): Promise<Revision> => {
    const { digest } = await artifacts.put({ kind: 'files', path, commit }, NEVER);
    return revisionOf(digest, RUN, commit);
  };
  const stable = await revisionAt(ARTIFACTS.stable, 'old');
  const candidate = await revisionAt(ARTIFACTS.candidate, 'c0ffee');
  target.behave(candidate.digest, scenario.candidate);
  const older = await revisionAt(ARTIFACTS.older, 'older');
  await setTheScene({ scenario, target, records, clock }, { stable, older });
  const calls: PortCall[] = [];
  const alerts: string[] = [];
  const notifications: Notification[] = [];
  const log = { log: calls, clock };
  const activities = createActivities({
    fleet: logged(target.fleet, {
      ...log,
      name: 'fleet',
      only: ['ensure', 'reduce', 'park', 'retire'],
    }),
    router: logged(withTraffic(target, scenario), {
      ...log,
      name: 'router',
      only: [
        'claim',
        'release',
        'setWeights',
        'drain',
        'ensureRoute',
        'smoke',
        'queueRequests',
        'releaseRequests',
      ],
    }),
    metrics: metricsOf(target.metrics, scenario, random),
    probes: { windows: async () => [] },
    openReadingSource: scenario.readings,
    notifier: {
      notify: async (notification) => {
        if (scenario.notifier === 'away')
          throw new BelayError('NOTIFIER_UNAVAILABLE', 'simulated: nobody can be told.');
        notifications.push(notification);
        if (notification.kind === 'alert') alerts.push(notification.sentence);
      },
    },
    capabilities: MEMORY_TARGET,
    evidence: evidenceOf(scenario),
    records: logged(records, { ...log, name: 'records', only: ['setStable', 'setWarm', 'hold'] }),
    ledger: logged(ledgerOf(ledger, scenario), { ...log, name: 'ledger', only: ['open', 'close'] }),
    artifacts,
    checks: fakeCheckTools({ scan: scanOf(scenario) }),
    version: 'simulated',
    readiness: { check: async () => ({ ready: true, issues: [] }), repair: async () => [] },
    verifier: VERIFIER,
    clock,
    log: () => undefined,
  });
  return {
    activities: replanned(activities, scenario),
    target,
    records,
    ledger,
    artifacts,
    calls,
    alerts,
    notifications,
    stable: scenario.before === 'nothing' ? null : stable,
    older: scenario.before === 'warm' ? older : null,
    candidate,
  };
}

const NEVER = new AbortController().signal;

/** Requests arrive as soon as there is somebody to claim the service. */
function withTraffic({ router, setTraffic }: MemoryTarget, scenario: Scenario): TrafficRouter {
  let isFlowing = scenario.before !== 'nothing';
  return {
    ...router,
    claim: async (order, signal) => {
      const claimed = await router.claim(order, signal);
      if (!isFlowing) setTraffic(REF, scenario.requestsPerSecond);
      isFlowing = true;
      return claimed;
    },
  };
}

function evidenceOf({ evidence }: Scenario): EvidenceRecord {
  const record = createMemoryEvidenceRecord();
  if (evidence === 'steady') return record;
  return {
    ...record,
    read: async (deploymentId, from) => {
      const windows = await record.read(deploymentId, from);
      if (from === 0 && windows.length > 0)
        throw new BelayError('EVIDENCE_UNAVAILABLE', 'simulated: the record is away.');
      return windows;
    },
  };
}

function metricsOf(metrics: MetricSource, scenario: Scenario, random: Random): MetricSource {
  const isAway = (): boolean =>
    scenario.metrics === 'silent' || (scenario.metrics === 'flapping' && random.chance(0.4));
  return {
    windows: async (query, signal) => {
      if (isAway()) throw new BelayError('METRICS_UNAVAILABLE', 'simulated: nobody counts now.');
      return metrics.windows(query, signal);
    },
  };
}

const TRIES_WHILE_AWAY = 4;

function ledgerOf(ledger: Ledger, scenario: Scenario): Ledger {
  let tries = 0;
  return {
    ...ledger,
    close: async (deploymentId, closing) => {
      tries += 1;
      if (scenario.ledger === 'away' && tries <= TRIES_WHILE_AWAY) {
        throw new BelayError('INTERNAL', 'simulated: the ledger is away.');
      }
      await ledger.close(deploymentId, closing);
    },
  };
}

function scanOf({ checks }: Scenario): (scanner: ScannerName) => ScanReport {
  return (scanner) =>
    checks === 'fail' && scanner === 'secrets'
      ? aScan(scanner, {
          status: 'failed',
          reason: 'simulated: it could not look',
          covered: 0,
          probe: 'miss',
        })
      : aScan(scanner);
}

/** Mallory is never who she says she is. */
const VERIFIER: ApprovalVerifier = {
  verify: async ({ actor }) =>
    actor === 'mallory'
      ? { verification: 'refused', reason: 'unknown key' }
      : { verification: 'not-verified', reason: 'identity not verified' },
};

function replanned(activities: Activities, { replan }: Scenario): Activities {
  return {
    ...activities,
    assembleRollout: async (input): Promise<PlanningResult> => {
      const result = await activities.assembleRollout(input);
      if (result.kind === 'refused') return result;
      const { plan, digest } = result.planned;
      return { ...result, planned: { plan: replan(plan), digest } };
    },
  };
}
