import { formatCount } from '../../../domain/format/count';
import { formatPercent } from '../../../domain/format/percent';
import type { Totals } from '../../../domain/analysis/verdict';
import type { Outcome } from '../../../domain/outcome';
import { shortDigest } from '../../../domain/revision';
import type { DeploymentStatus } from '../../../domain/status';
import { flow } from './flow';
import { metricLines } from './metric-lines';
import type { ShownView } from './shown-view';
import { verdictText } from './watch-lines';
import type { Style } from '../style';

/** After the end: what the judge saw last, who was exposed, and what is on hold. */
export function endingLines(view: ShownView, style: Style): readonly string[] {
  const { cause, outcome, verdict } = view.status;
  if (outcome === null) return [];
  const isSaid = verdict !== null && cause !== null && cause.includes(verdict.sentence);
  return [
    ...(verdict === null || isSaid ? [] : [` verdict   ${verdictText(verdict, style)}`]),
    ...(verdict === null ? [] : metricLines(verdict.evidence, view.values, style)),
    ...exposureLines(view),
    ...holdLines(view.status),
  ];
}

/** What to do after the end. */
export function nextLines({ status }: ShownView, style: Style): readonly string[] {
  if (status.outcome === null) return [];
  const [first = '', ...others] = NEXT[status.outcome](status);
  const label = ' next      ';
  return flow([label + first, ...others], {
    columns: style.columns,
    indent: label.length,
    between: ' · ',
  });
}

function exposureLines({ source, status }: ShownView): readonly string[] {
  const { firstTrafficAtMs, outcome, totals } = status;
  const label = outcome === 'succeeded' ? 'counted' : 'exposed';
  if (totals !== null) return [` ${label}   ${armWords(status, totals).join(' · ')}`];
  // Elsewhere nobody knows whether users saw it.
  const isKnown = source === 'workflow' || source === 'ledger';
  return isKnown && firstTrafficAtMs === null && outcome !== 'succeeded'
    ? [' exposed   nobody: no user saw the candidate']
    : [];
}

function armWords({ revision, stable }: DeploymentStatus, totals: Totals): readonly string[] {
  const all = totals.candidate.requests + totals.stable.requests;
  const share =
    all === 0 ? '' : ` (${formatPercent((100 * totals.candidate.requests) / all)} of all)`;
  const words = (name: string, arm: Totals['candidate'], part: string): string =>
    `${name} answered ${formatCount(arm.requests)}${part}, ${formatCount(arm.errors)} failed`;
  return [
    words(nameOf(revision, 'candidate'), totals.candidate, share),
    ...(stable === null ? [] : [words(nameOf(stable, 'stable'), totals.stable, '')]),
  ];
}

function nameOf(digest: string | null, arm: string): string {
  return digest === null ? arm : shortDigest(digest);
}

/** A rollback puts what users saw on hold. */
function holdLines(status: DeploymentStatus): readonly string[] {
  const { environment, firstTrafficAtMs, outcome, revision, service } = status;
  if (outcome !== 'rolled-back' || firstTrafficAtMs === null || revision === null) return [];
  const short = shortDigest(revision);
  return [
    ` hold      ${short} is not deployed again until: belay hold lift ${service}/${environment} ${short}`,
  ];
}

const NEXT: Readonly<Record<Outcome, (status: DeploymentStatus) => readonly string[]>> = {
  succeeded: ({ deployment, environment, service }) => [
    `belay show ${deployment}`,
    `belay rollback ${service}/${environment}`,
  ],
  'rolled-back': ({ deployment }) => [`belay show ${deployment}`, `belay logs ${deployment}`],
  'rollback-incomplete': ({ deployment, environment, service }) => [
    'act now: belay doctor',
    `belay rollback ${service}/${environment}`,
    `belay show ${deployment}`,
  ],
  blocked: ({ deployment }) => [`belay report ${deployment}`, `belay show ${deployment}`],
  rejected: ({ deployment }) => [`belay show ${deployment}`],
  cancelled: ({ deployment }) => [`belay show ${deployment}`],
  superseded: ({ environment, service }) => [`belay status ${service}/${environment}`],
};
