import type { Criterion } from './criterion';
import { gatherEvidence } from './evidence';
import { describeEvidence, describeProgress } from './evidence-sentence';
import { emptyState, foldWindow } from './fold-window';
import type { JudgeConfig } from './judge-config';
import type { JudgeState } from './judge-state';
import type { Evidence, Verdict } from './verdict';
import type { Window } from './window';

export type { JudgeConfig } from './judge-config';
export type { JudgeState } from './judge-state';

export interface Judgement {
  readonly state: JudgeState;
  readonly verdict: Verdict;
}

/** A judge that has seen nothing. */
export function openJudge(config: JudgeConfig): JudgeState {
  return emptyState(config);
}

/**
 * One more window, and what follows from all so far. Windows may come twice and out of order: the verdict depends on
 * the set of them alone. Time is the windows' own.
 */
export function judge(config: JudgeConfig, state: JudgeState, window: Window): Judgement {
  const next = foldWindow(config, state, window);
  return { state: next, verdict: verdictOf(config, next) };
}

/** The same for all recorded windows of a deployment, in any order. */
export function judgeAll(config: JudgeConfig, windows: readonly Window[]): Judgement {
  const state = windows.reduce<JudgeState>(
    (before, window) => foldWindow(config, before, window),
    openJudge(config),
  );
  return { state, verdict: verdictOf(config, state) };
}

/** Failed outranks inconclusive, and a guard outranks a question. */
function verdictOf(config: JudgeConfig, state: JudgeState): Verdict {
  const { lastWindow } = state;
  const evidence = evidenceOf(config, state);
  return (
    harmVerdict(state, evidence) ??
    askVerdict(config, state, evidence) ??
    blindVerdict(state, evidence) ??
    waitVerdict(config, state, evidence) ?? {
      kind: 'safe',
      rule: 'clear',
      sentence: `Nothing is beyond a limit: ${describeProgress(state, evidence)}.`,
      evidence,
      window: lastWindow,
    }
  );
}

function evidenceOf(config: JudgeConfig, { recent, lastWindow }: JudgeState): readonly Evidence[] {
  if (lastWindow === null) return [];
  return config.criteria.map((criterion) => gatherEvidence(criterion, recent, lastWindow));
}

function harmVerdict({ harm }: JudgeState, evidence: readonly Evidence[]): Verdict | null {
  if (harm === null) return null;
  const others = evidence.filter((one) => one.criterion !== harm.evidence.criterion);
  return {
    kind: 'harm',
    rule: `guard:${harm.evidence.criterion}`,
    sentence: `${describeEvidence(harm.evidence)}.`,
    evidence: [harm.evidence, ...others],
    window: harm.window,
  };
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

function blindVerdict(state: JudgeState, evidence: readonly Evidence[]): Verdict | null {
  const { lastWindow, recent } = state;
  if (lastWindow !== null && recent.at(-1)?.number === lastWindow) return null;
  const never = recent.length === 0;
  return {
    kind: 'no-data',
    rule: never ? 'no-data' : 'latest-window',
    sentence: never
      ? 'Nobody has watched the candidate yet: nobody can tell how it does.'
      : 'The latest window does not show the candidate: nobody can tell how it does now.',
    evidence,
    window: lastWindow,
  };
}

function waitVerdict(
  config: JudgeConfig,
  state: JudgeState,
  evidence: readonly Evidence[],
): Verdict | null {
  const rule = lackOf(config, state, evidence);
  if (rule === null) return null;
  const progress = describeProgress(state, evidence, config);
  const sentence = `Not yet: ${REASONS[rule]}${progress}.`;
  return { kind: 'not-yet', rule, sentence, evidence, window: state.lastWindow };
}

const REASONS = {
  'least-time': '',
  samples: '',
  gap: 'a criterion waits for its duration without a gap, ',
  shared: 'stable is beyond the limit too, ',
} as const;

/** What the step still needs before it is safe. */
function lackOf(
  { limits, pausedMs }: JudgeConfig,
  { step }: JudgeState,
  evidence: readonly Evidence[],
): 'least-time' | 'samples' | 'gap' | 'shared' | null {
  if (step.observedMs - pausedMs < limits.leastMs) return 'least-time';
  if (step.requests < limits.minimumRequests) return 'samples';
  // Longer than the step: it does not hold it. Shorter, and still not whole: windows are missing, and no data is no pass.
  const isGap = ({ state, durationMs }: Evidence): boolean =>
    state === 'incomplete' && durationMs <= step.observedMs;
  if (evidence.some(isGap)) return 'gap';
  // Nobody is blamed for an incident that both share, and nobody is given more traffic in the middle of one.
  return evidence.some(({ state }) => state === 'shared') ? 'shared' : null;
}
