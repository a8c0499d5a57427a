import type { Criterion } from './criterion';
import { describeBlindness } from './blindness';
import { describeEvidence, describeProgress } from './evidence-sentence';
import { gatherEvidence } from './gather-evidence';
import type { JudgeConfig } from './judge-config';
import type { JudgeState } from './judge-state';
import { judgeSplit } from './judge-split';
import type { Evidence, Verdict } from './verdict';
import { waitVerdict } from './wait-verdict';

/** Failed outranks inconclusive, and a guard outranks a question. */
export function reachVerdict(config: JudgeConfig, state: JudgeState): Verdict {
  const evidence = gatherEvidence(config, state);
  return (
    harmVerdict(state, evidence) ??
    askVerdict(config, state, evidence) ??
    noDataVerdictOf(state, evidence) ??
    waitVerdict(config, state, evidence) ?? {
      kind: 'safe',
      rule: 'clear',
      sentence: `${describeClear(evidence)}: ${describeProgress(state, evidence)}.`,
      evidence,
      window: state.lastWindow,
    }
  );
}

/** What saw too little neither holds a step that saw its least requests nor counts as within its limit: it is named. */
function describeClear(evidence: readonly Evidence[]): string {
  const unjudged = evidence.filter(({ state }) => state === 'too-few' || state === 'incomplete');
  if (unjudged.length === 0) return 'Nothing is beyond a limit';
  const names = unjudged.map(({ criterion }) => criterion).join(', ');
  return unjudged.length === evidence.length
    ? `No criterion saw enough to be judged (${names})`
    : `Nothing is beyond a limit, but too little was seen to judge ${names}`;
}

function harmVerdict(state: JudgeState, evidence: readonly Evidence[]): Verdict | null {
  const { harm } = state;
  if (harm === null) return null;
  const others = evidence.filter((one) => one.criterion !== harm.evidence.criterion);
  return {
    kind: 'harm',
    rule: `guard:${harm.evidence.criterion}`,
    sentence: `${describeEvidence(harm.evidence)}.`,
    evidence: [harm.evidence, ...others],
    window: windowOf(state, harm.endMs),
  };
}

/** The last window that was over then. */
function windowOf({ intervalMs, lastWindow }: JudgeState, endMs: number): number | null {
  return intervalMs === null ? lastWindow : Math.floor(endMs / intervalMs) - 1;
}

function askVerdict(
  { criteria }: JudgeConfig,
  { lastWindow }: JudgeState,
  evidence: readonly Evidence[],
): Verdict | null {
  const isQuestion = (criterion: Criterion): boolean => criterion.action === 'ask';
  const questions = new Set(criteria.filter(isQuestion).map((criterion) => criterion.id));
  const breached = evidence.find((one) => one.state === 'breached' && questions.has(one.criterion));
  if (breached === undefined) return null;
  return {
    kind: 'not-yet',
    rule: `ask:${breached.criterion}`,
    sentence: `${describeEvidence(breached)}: a person decides.`,
    evidence,
    window: lastWindow,
  };
}

function noDataVerdictOf(state: JudgeState, evidence: readonly Evidence[]): Verdict | null {
  const blind = describeBlindness(state) ?? judgeSplit(state);
  return blind === null ? null : { kind: 'no-data', ...blind, evidence, window: state.lastWindow };
}
