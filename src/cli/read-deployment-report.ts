import { parseTarget } from '../client/index';
import type { Reading } from '../domain/analysis/reading';
import type { Window } from '../domain/analysis/window';
import { BelayError } from '../domain/errors';
import type { LedgerClosing, LedgerRecord } from '../domain/ledger-record';
import type { DeploymentStatus } from '../domain/status';
import { bestStatus } from './best-status';
import type { CliContext } from './context';
import { criteriaOfEvidence } from './criteria-of-evidence';
import type { DeploymentReport, ReportedVerdict } from './output/deployment-report/report';
import { keptVerification } from './kept-verification';
import { withRules } from './rules-of-verdicts';
import { statusOfRecord } from './status-of-record';
import { oncePerNumber } from './recorded-windows';

/**
 * All that a page about the deployment is drawn from: the ledger, the evidence record, the kept verdict of the checks, and
 * for one that runs (or an old record) what the workflow itself says. What cannot be had is said in `missing`.
 * @throws BelayError `DEPLOYMENT_NOT_FOUND` where neither ledger nor Temporal knows it
 */
export async function readDeploymentReport(
  what: string,
  context: CliContext,
): Promise<DeploymentReport> {
  const record = await recordOf(what, context);
  const live = record?.closing?.monitored === undefined ? await liveStatus(what, context) : null;
  const status = statusFrom(record, live) ?? notFound(what);
  const evidence = await recordedEvidence(status.deployment, context);
  const report: DeploymentReport = {
    ...told(record, live?.status ?? null),
    status,
    windows: evidence.windows,
    readings: evidence.readings,
    verification: await keptVerification(status.deployment, context).catch(() => null),
    missing: [...evidence.missing, ...missingOf(record, live)],
    version: context.version,
    writtenAtMs: Date.now(),
  };
  return { ...report, verdicts: withRules(report) };
}

async function recordOf(what: string, { adapters }: CliContext): Promise<LedgerRecord | null> {
  const { ledger } = adapters();
  const target = parseTarget(what);
  if ('deployment' in target) return ledger.find(target.deployment);
  const [newest] = await ledger.list({ ...target, limit: 1 });
  return newest ?? null;
}

interface Live {
  readonly status: DeploymentStatus;
  /** It is the workflow's own answer. */
  readonly isWhole: boolean;
}

async function liveStatus(what: string, context: CliContext): Promise<Live | null> {
  try {
    const { source, status } = await bestStatus(what, context);
    return { status, isWhole: source === 'workflow' };
  } catch (error) {
    if (error instanceof BelayError) return null;
    throw error;
  }
}

/** The workflow's own answer where it is about the same deployment, else the ledger's. */
function statusFrom(record: LedgerRecord | null, live: Live | null): DeploymentStatus | null {
  if (record === null) return live?.status ?? null;
  const isSame = live?.status.deployment === record.deploymentId;
  if (live !== null && isSame && (live.isWhole || record.closing === null)) return live.status;
  return statusOfRecord(record);
}

function notFound(what: string): never {
  throw new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `Neither the ledger nor Temporal knows a deployment of the name ${what}. Nothing was changed; traffic stays as it is.`,
    { next: '`belay history` lists what the ledger has.' },
  );
}

type Told = Omit<
  DeploymentReport,
  'status' | 'windows' | 'readings' | 'verification' | 'missing' | 'version' | 'writtenAtMs'
>;

function told(record: LedgerRecord | null, live: DeploymentStatus | null): Told {
  const { commit, reason } = record ?? { commit: null, reason: null };
  const closing = record?.closing ?? null;
  return {
    ...{ commit, reason },
    ...(closing === null ? toldByNobody : toldByClosing(closing)),
    ...(live === null ? {} : toldLive(closing, live)),
  };
}

const toldByNobody: Omit<Told, 'commit' | 'reason'> = {
  criteria: [],
  thresholds: null,
  verdicts: [],
  alerts: [],
  rollback: null,
  undone: [],
  exposure: null,
};

function toldByClosing(closing: LedgerClosing): Omit<Told, 'commit' | 'reason'> {
  const { monitored, verdicts, rollback, undone, exposure } = closing;
  return {
    criteria: monitored?.criteria ?? [],
    thresholds: monitored?.monitoring.performance.thresholds ?? null,
    alerts: monitored?.alerts ?? [],
    verdicts: verdicts.map((verdict) => ({ rule: null, ...verdict })),
    ...{ rollback, undone, exposure },
  };
}

/** What the ledger does not have, or not yet. */
function toldLive(closing: LedgerClosing | null, status: DeploymentStatus): Partial<Told> {
  const standing = {
    criteria: criteriaOfEvidence(status.verdict?.evidence ?? []),
    alerts: status.openAlerts.map(
      (alert) => ({ kind: 'raised', alert, atMs: alert.sinceMs }) as const,
    ),
  };
  if (closing !== null) return standing;
  const exposure = status.totals?.candidate ?? null;
  return { ...standing, exposure, verdicts: standingVerdict(status) };
}

function standingVerdict({ verdict, step }: DeploymentStatus): readonly ReportedVerdict[] {
  return verdict === null ? [] : [{ stepId: step ?? 'now', ...verdict }];
}

interface RecordedEvidence {
  readonly windows: readonly Window[];
  readonly readings: readonly Reading[];
  readonly missing: readonly string[];
}

async function recordedEvidence(
  deployment: string,
  { adapters }: CliContext,
): Promise<RecordedEvidence> {
  const { evidence } = adapters();
  try {
    const windows = oncePerNumber(await evidence.read(deployment, 0));
    const missing = windows.length === 0 ? ['The evidence record has no window of it.'] : [];
    return { windows, readings: await evidence.readings(deployment, 0), missing };
  } catch (error) {
    if (!(error instanceof BelayError)) throw error;
    return { windows: [], readings: [], missing: ['The evidence record could not be read.'] };
  }
}

function missingOf(record: LedgerRecord | null, live: Live | null): readonly string[] {
  if (record?.closing?.monitored !== undefined || live?.isWhole === true) return [];
  return [
    'The steps with their times and limits are not known: the record was written by an earlier version or is still open, and the workflow did not answer.',
  ];
}
