import type { WatchLook } from '../../../client/index';
import type { Verdict } from '../../../domain/analysis/verdict';
import { formatCount } from '../../../domain/format/count';
import type { DeploymentStatus, StepStatus } from '../../../domain/status';
import { clock } from '../durations';
import { paint, plain, wrap, type Style, type Tone } from '../style';
import { metricLines } from './metric-lines';
import { monitorLines } from './monitor-lines';
import type { ShownView } from './shown-view';

const INDENT = 7;
const LABEL = 10;
const GOES_ON_AT = INDENT + LABEL;

interface Drawing {
  readonly style: Style;
  readonly nowMs: number;
}

/** What the watch in progress sees, when it looks again, and what it still needs. */
export function watchLines(
  step: StepStatus,
  view: ShownView,
  { style, nowMs }: Drawing,
): readonly string[] {
  const { status, look, values } = view;
  const row = (label: string, text: string): readonly string[] =>
    wrap(`${' '.repeat(INDENT)}${label.padEnd(LABEL)}${text}`, style.columns, GOES_ON_AT);
  const looks = row('looks', lookWord(step, view, nowMs));
  // Until the first look, the workflow still has the verdict of the watch before.
  if (look === undefined) return looks;
  const { verdict, session } = status;
  return [
    ...looks,
    ...(verdict === null ? [] : row('verdict', verdictText(verdict, style))),
    ...samplesWord(step, status, look).flatMap((text) => row('samples', text)),
    ...(verdict === null ? [] : metricLines(verdict.evidence, values, style)),
    ...(session === null ? [] : monitorLines(session, style)),
  ];
}

const WORDS: Readonly<Record<Verdict['kind'], readonly [word: string, tone: Tone]>> = {
  harm: ['harm', 'bad'],
  safe: ['safe', 'good'],
  'not-yet': ['not yet', 'busy'],
  'no-data': ['no data', 'busy'],
};

/** The judge's word and sentence: never colour alone. */
export function verdictText({ kind, sentence }: Verdict, style: Style): string {
  const [word, tone] = WORDS[kind];
  return `${paint(word, tone, style)}: ${plain(sentence.replace(/^Not yet: /, ''))}`;
}

function lookWord(step: StepStatus, { status, look }: ShownView, nowMs: number): string {
  return [nextLookWord(look, nowMs), endWord(step, status, nowMs)]
    .filter((word) => word !== '')
    .join(' · ');
}

function nextLookWord(look: WatchLook | undefined, nowMs: number): string {
  if (look === undefined) return 'none yet';
  if (look.nextAtMs === null) return '';
  const leftMs = look.nextAtMs - nowMs;
  if (leftMs > 0) return `next in ${Math.ceil(leftMs / 1_000)} s`;
  return leftMs > -OVERDUE_MS ? 'next now' : `overdue by ${clock(-leftMs)}`;
}

/** A worker may be busy; after this, people should know. */
const OVERDUE_MS = 10_000;

function endWord(
  { limits, startedAtMs }: StepStatus,
  status: DeploymentStatus,
  nowMs: number,
): string {
  if (status.waitingFor === 'resume') return 'the dwell clock stands still';
  if (status.waitingFor !== null) return 'a person decides how it goes on';
  if (limits === null || startedAtMs === null) return '';
  const leftMs = startedAtMs + limits.leastMs - nowMs;
  return leftMs > 0 ? `earliest end in ${clock(leftMs)}` : 'may end at any look';
}

function samplesWord(
  { limits }: StepStatus,
  { totals }: DeploymentStatus,
  { stepRequests }: WatchLook,
): readonly string[] {
  const needed = limits?.minimumRequests ?? 0;
  if (stepRequests !== null) {
    const goal = needed === 0 ? '' : ` of ${formatCount(needed)} needed`;
    return [`${formatCount(stepRequests)}${goal}`];
  }
  return totals === null
    ? []
    : [
        `${formatCount(totals.candidate.requests)} since the first watch${needed === 0 ? '' : `; ${formatCount(needed)} needed in this step`}`,
      ];
}
