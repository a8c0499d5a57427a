import type { Verdict } from '../../../domain/analysis/verdict';
import { formatDuration } from '../../../domain/format/duration';
import type { RejudgedStep } from '../../../domain/rejudgement/rejudge';
import { iso } from '../durations';
import { mark, paint, plain, wrap, type Style } from '../style';
import type { Answer } from '../terminal';
import { evidenceLine } from './file-answer';
import { verdictMark } from './verdict-mark';

export interface DeploymentAnswer {
  readonly deployment: string;
  readonly config: string;
  readonly steps: readonly RejudgedStep[];
  readonly summary: string;
}

/** What another configuration would have said of a past deployment, step by step. */
export function deploymentAnswer(judged: DeploymentAnswer, style: Style): Answer {
  const { deployment, config, steps, summary } = judged;
  const deciding = decidingStep(steps);
  const lines = [
    paint(summary, 'bold', style),
    ` ${deployment}, judged by ${plain(config)}`,
    ...steps.flatMap((step) => stepLines(step, style)),
  ];
  return {
    json: { ...envelope(deciding), deployment, config, summary, steps: steps.map(stepJson) },
    text: lines.flatMap((line) => wrap(line, style.columns, 6)),
  };
}

/** Where it would have gone back; else where it would not have passed; else the last. */
function decidingStep(steps: readonly RejudgedStep[]): RejudgedStep | undefined {
  const judged = steps.filter(({ now }) => now !== null);
  return (
    judged.find(({ now }) => now?.kind === 'harm') ??
    judged.find(({ now }) => now?.kind !== 'safe') ??
    judged.at(-1)
  );
}

/** The same fields as the verdict on a file. */
function envelope(deciding: RejudgedStep | undefined): object {
  const { kind, rule, sentence, evidence } = deciding?.now ?? NOTHING_WATCHED;
  const window = deciding?.place ?? null;
  return { schemaVersion: 1, mode: 'threshold', verdict: kind, window, rule, sentence, evidence };
}

const NOTHING_WATCHED: Omit<Verdict, 'window'> = {
  kind: 'no-data',
  rule: 'no-data',
  sentence: 'No step was watched: there is nothing to judge.',
  evidence: [],
};

function stepJson({ step, now, place, afterMs }: RejudgedStep): object {
  return {
    step: step.id,
    startedAt: iso(step.startedAtMs),
    endedAt: iso(step.endedAtMs),
    limits: step.limits,
    then: step.then === null ? null : { verdict: step.then.kind, sentence: step.then.sentence },
    now: now === null ? null : nowJson(now, { place, afterMs }),
  };
}

function nowJson(
  { kind, rule, sentence, evidence }: Verdict,
  { place, afterMs }: Pick<RejudgedStep, 'place' | 'afterMs'>,
): object {
  return { verdict: kind, window: place, afterMs, rule, sentence, evidence };
}

function stepLines({ step, now, afterMs }: RejudgedStep, style: Style): readonly string[] {
  const took = formatDuration(step.endedAtMs - step.startedAtMs);
  const then =
    step.then === null
      ? `then  not recorded (${took})`
      : `then  ${step.then.kind} (${took}): ${plain(step.then.sentence)}`;
  if (now === null) return ['', paint(step.id, 'bold', style), `  ${then}`, '  now   not reached'];
  const after = afterMs === null ? '' : ` after ${formatDuration(afterMs)}`;
  return [
    '',
    `${mark(verdictMark(now.kind), style)} ${paint(step.id, 'bold', style)}`,
    `  ${then}`,
    `  now   ${now.kind}${after}, ${now.rule}: ${plain(now.sentence)}`,
    ...now.evidence.map((one) => `        ${evidenceLine(one)}`),
  ];
}
