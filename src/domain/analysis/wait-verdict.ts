import { describeEvidence, describeProgress } from './evidence-sentence';
import { failingStep } from './failing-step';
import type { JudgeConfig } from './judge-config';
import type { JudgeState } from './judge-state';
import type { Evidence, Verdict } from './verdict';

/** What keeps the step from being safe; null: nothing. */
export function waitVerdict(
  config: JudgeConfig,
  state: JudgeState,
  evidence: readonly Evidence[],
): Verdict | null {
  const held = heldBy(config, evidence);
  if (held !== undefined) return waiting(state, evidence, heldWords(held));
  const lack = lackOf(config, state, evidence);
  const progress = describeProgress(state, evidence, config);
  if (lack !== null)
    return waiting(state, evidence, {
      rule: lack,
      sentence: `Not yet: ${reasonFor(lack, state, evidence)}${progress}.`,
    });
  const failing = failingStep(config, state.step, evidence);
  if (failing === null) return null;
  return waiting(state, evidence, {
    rule: `step:${failing.criterion}`,
    sentence: `Not yet: ${failing.sentence}; ${progress}.`,
  });
}

interface Waiting {
  readonly rule: string;
  readonly sentence: string;
}

function waiting(state: JudgeState, evidence: readonly Evidence[], words: Waiting): Verdict {
  return { kind: 'not-yet', ...words, evidence, window: state.lastWindow };
}

/** A person was asked about it and did not answer: the step does not advance while it lasts. */
function heldBy({ criteria }: JudgeConfig, evidence: readonly Evidence[]): Evidence | undefined {
  const holding = new Set(criteria.filter(({ action }) => action === 'hold').map(({ id }) => id));
  return evidence.find(({ state, criterion }) => state === 'breached' && holding.has(criterion));
}

function heldWords(held: Evidence): Waiting {
  return {
    rule: `held:${held.criterion}`,
    sentence: `Not yet: ${describeEvidence(held)}, and nobody has decided about it.`,
  };
}

type Lack = 'least-time' | 'unanswered' | 'samples' | 'gap' | 'shared';

function lackOf(
  { limits, pausedMs }: JudgeConfig,
  { step }: JudgeState,
  evidence: readonly Evidence[],
): Lack | null {
  if (step.observedMs - pausedMs < limits.leastMs) return 'least-time';
  // However few requests the step needs: that nobody got an answer is no pass.
  if (step.requests === 0 && step.abandoned > 0) return 'unanswered';
  if (step.requests + step.probes < limits.minimumRequests) return 'samples';
  if (gapsOf(step, evidence).length > 0) return 'gap';
  // Nobody is blamed for an incident that both share, and nobody is given more traffic in the middle of one.
  return evidence.some(({ state }) => state === 'shared') ? 'shared' : null;
}

/**
 * Longer than the step: it does not hold it. Shorter, and still not whole: windows are missing, and no data is no pass. Nor is
 * a source that should have shown something long ago, however long its criterion's duration.
 */
function gapsOf(step: JudgeState['step'], evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter(
    ({ state, durationMs, reason }) =>
      state === 'incomplete' && (durationMs <= step.observedMs || reason !== undefined),
  );
}

function reasonFor(lack: Lack, state: JudgeState, evidence: readonly Evidence[]): string {
  switch (lack) {
    case 'least-time':
    case 'samples':
      return '';
    case 'unanswered':
      return 'all who asked gave up before they got an answer, ';
    case 'shared':
      return 'stable is beyond the limit too, ';
    case 'gap':
      return describeGap(state, gapsOf(state.step, evidence)[0]);
  }
}

function describeGap({ unusable, recent }: JudgeState, gap: Evidence | undefined): string {
  const { latest } = unusable;
  const isRecent = latest !== null && latest.number > (recent[0]?.number ?? latest.number);
  const unsound = isRecent ? `window ${latest.number} cannot be used: ${latest.reason}` : undefined;
  const reason = gap?.reason ?? unsound;
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${gap?.criterion ?? 'a criterion'} waits for its duration without a gap${why}, `;
}
