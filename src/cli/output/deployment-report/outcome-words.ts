import { formatCount, formatCounted } from '../../../domain/format/count';
import { formatDuration } from '../../../domain/format/duration';
import { formatPercent } from '../../../domain/format/percent';
import type { Outcome } from '../../../domain/outcome';
import { shortDigest } from '../../../domain/revision';
import type { DeploymentReport } from './report';

export type ReportTone = 'good' | 'bad' | 'warn' | 'info';

interface OutcomeWords {
  readonly words: string;
  readonly tone: ReportTone;
}

/** How it stands, in words. */
export function outcomeWords({ status }: DeploymentReport): OutcomeWords {
  return OUTCOMES[status.outcome ?? (status.live ? 'live' : 'open')];
}

const OUTCOMES: Readonly<Record<Outcome | 'live' | 'open', OutcomeWords>> = {
  succeeded: { words: 'Live', tone: 'good' },
  'rolled-back': { words: 'Rolled back', tone: 'bad' },
  'rollback-incomplete': { words: 'Rollback incomplete: act now', tone: 'bad' },
  blocked: { words: 'Blocked', tone: 'bad' },
  rejected: { words: 'Rejected', tone: 'warn' },
  cancelled: { words: 'Cancelled', tone: 'warn' },
  superseded: { words: 'Superseded', tone: 'warn' },
  live: { words: 'Live, still watched', tone: 'good' },
  open: { words: 'In progress', tone: 'info' },
};

/** What happened, to how many, and how long it took: a few sentences. */
export function summarySentence(report: DeploymentReport): string {
  return [why(report), exposureWords(report), timeWords(report)].filter(Boolean).join(' ');
}

function why({ status }: DeploymentReport): string {
  if (status.cause !== null) return status.cause.replace(/(?<![.!?])$/, '.');
  if (status.outcome !== null) return '';
  const revision = status.revision === null ? 'The candidate' : shortDigest(status.revision);
  const weight = (status.observed ?? status.weights)?.candidate ?? null;
  return weight === null
    ? `It is in ${status.phase}.`
    : `It is in ${status.phase}; ${revision} has ${formatPercent(weight)} of the traffic.`;
}

function exposureWords({ exposure, status }: DeploymentReport): string {
  if (status.firstTrafficAtMs === null) return 'No user saw the candidate.';
  if (exposure === null || exposure.requests === 0) return '';
  const { requests, errors } = exposure;
  const share = formatPercent((100 * errors) / requests);
  return `The candidate answered ${formatCounted(requests, 'request')} of users; ${formatCount(errors)} failed (${share}).`;
}

function timeWords({ status }: DeploymentReport): string {
  const { startedAtMs, firstTrafficAtMs, liveAtMs, safeAtMs, decidedAtMs } = status;
  const from = firstTrafficAtMs ?? startedAtMs;
  if (safeAtMs !== null) {
    const back =
      decidedAtMs === null ? '' : `, ${formatDuration(safeAtMs - decidedAtMs)} after the decision`;
    return `Stable had all traffic again ${formatDuration(safeAtMs - from)} after the first user${back}.`;
  }
  return liveAtMs === null
    ? ''
    : `It was live ${formatDuration(liveAtMs - startedAtMs)} after the request.`;
}
