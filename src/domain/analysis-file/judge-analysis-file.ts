import {
  foldReading,
  judge,
  lacksData,
  openJudge,
  type JudgeConfig,
  type JudgeState,
} from '../analysis/judge';
import type { Criterion } from '../analysis/criterion';
import { noDataVerdict } from '../analysis/no-data';
import type { Verdict } from '../analysis/verdict';
import { formatCount, formatCounted } from '../format/count';
import { nearestWord } from '../format/nearest-word';
import { doubtGuards } from './doubt-guards';
import { FILE_SOURCE, type PlacedWindow } from './place-windows';
import type { AnalysisFile } from './read-analysis-file';
import type { FileConfig } from './read-config';

/** What follows from a recording. */
export interface FileVerdict {
  readonly verdict: Verdict['kind'];
  /** Place in the file's list at which it was reached; null: there is no window. */
  readonly window: number | null;
  readonly rule: string;
  readonly sentence: string;
  readonly evidence: Verdict['evidence'];
}

/**
 * The verdict on a whole recording, as one watch. Harm is reached at the window whose end completed the breach, and stays;
 * safe at the first window from which on it was safe until the end; everything else at the last window.
 */
export function judgeAnalysisFile(file: AnalysisFile): FileVerdict {
  const { config, recording } = file;
  const { windows } = recording;
  const reached = lastVerdict(judgeConfig(config, windows), windows);
  const believed = believe(reached.verdict, file);
  const { kind, rule, evidence } = believed;
  return {
    verdict: kind,
    window: kind === reached.verdict.kind ? reached.place : (windows.at(-1)?.place ?? null),
    rule,
    sentence: `${believed.sentence}${longestWords(config, windows, believed)}`,
    evidence,
  };
}

function judgeConfig(
  { criteria, limits }: FileConfig,
  windows: readonly PlacedWindow[],
): JudgeConfig {
  const resolutionMs = windows[0]?.window.intervalMs ?? 1;
  return {
    ...{ criteria, limits, stepStartedAtMs: 0, pausedMs: 0 },
    sources: { [FILE_SOURCE]: { resolutionMs, lagMs: 0 } },
  };
}

interface Reached {
  readonly verdict: Verdict;
  readonly place: number | null;
}

function lastVerdict(config: JudgeConfig, windows: readonly PlacedWindow[]): Reached {
  let state: JudgeState = openJudge(config);
  let reached: Reached = { verdict: noDataVerdict(state), place: null };
  for (const { place, window, reading } of windows) {
    const judged = judge(config, foldReading(config, state, reading), window);
    const verdict = doubtGuards(judged.verdict, config.criteria);
    state = judged.state;
    const stands = verdict.kind === reached.verdict.kind && STANDING.has(verdict.kind);
    reached = { verdict, place: stands ? reached.place : place };
  }
  return reached;
}

const STANDING: ReadonlySet<Verdict['kind']> = new Set<Verdict['kind']>(['harm', 'safe']);

/** What was seen to fail stands; nothing passes where figures cannot be true, or a criterion never saw its metric. */
function believe(
  verdict: Verdict,
  { config, recording, windowCount, names }: AnalysisFile,
): Verdict {
  const { faults, windows } = recording;
  if (verdict.kind === 'harm' || verdict.rule.startsWith('ask:')) return verdict;
  const [first] = faults;
  if (first !== undefined) {
    const count = faults.length === 1 ? 'One figure' : `${formatCount(faults.length)} figures`;
    const sentence = `${count} of ${formatCounted(windowCount, 'window')} cannot be true (${first}), and nobody can tell what is behind that. ${verdict.sentence}`;
    return { ...verdict, kind: 'no-data', rule: 'unsound', sentence };
  }
  const unknown = config.criteria.find((criterion) => isNowhere(criterion, windows));
  if (windows.length === 0 || unknown === undefined) return verdict;
  const sentence = `No window shows ${unknown.metric} of the canary, which ${unknown.id} is about${describeNames(unknown.metric, names)}: nobody can tell whether it holds.`;
  return { ...verdict, kind: 'no-data', rule: 'no-data', sentence };
}

function isNowhere({ source, metric }: Criterion, windows: readonly PlacedWindow[]): boolean {
  if (source !== FILE_SOURCE) return false;
  return windows.every(({ reading: { arms } }) => !Object.hasOwn(arms.candidate ?? {}, metric));
}

function describeNames(metric: string, names: readonly string[]): string {
  const near = nearestWord(metric, names);
  if (near !== null) return ` (did you mean ${near}?)`;
  return names.length === 0 ? '' : ` (counted are ${names.slice(0, MOST_NAMES).join(', ')})`;
}

const MOST_NAMES = 5;

/** What a deployment would do now, where the recording is as long as it would wait. */
function longestWords(
  { limits, onNoData }: FileConfig,
  windows: readonly PlacedWindow[],
  verdict: Verdict,
): string {
  const last = windows.at(-1)?.window;
  const lengthMs = last === undefined ? 0 : last.fromMs + last.intervalMs;
  const isOver = lengthMs > 0 && lengthMs >= limits.longestMs;
  if (!isOver || verdict.kind === 'harm' || verdict.kind === 'safe') return '';
  const goesBack = onNoData === 'rollback' && lacksData(verdict);
  return ` The longest time is over: ${goesBack ? 'it would go back' : 'a person would be asked'}.`;
}
