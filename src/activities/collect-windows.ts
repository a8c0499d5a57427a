import { foldWindow } from '../domain/analysis/fold-window';
import { judgeNext, type Judgement, type JudgeState } from '../domain/analysis/judge';
import { noDataVerdict } from '../domain/analysis/no-data';
import type { Arm, ArmWindow, Window } from '../domain/analysis/window';
import { BelayError } from '../domain/errors';
import type { ArmWeights } from '../domain/status';
import type { MetricQuery, RevisionWindow } from '../ports/metric-source';
import type { ProbeWindow } from '../ports/probe-source';
import type { ActivityDependencies } from './dependencies';
import { configOf, type WatchInput } from './watch-input';

interface Collecting {
  readonly input: WatchInput;
  readonly known: JudgeState;
  readonly observed: ArmWeights;
}

/**
 * Brings the judge up to date: windows that the evidence record has and this worker has not seen, then new ones from the
 * metric source, which are recorded with the look that judges them. A source that does not answer leaves no gap in the record:
 * what it saw can still be read later. Until then the verdict is that nobody can tell.
 */
export async function collectWindows(
  deps: ActivityDependencies,
  { input, known, observed }: Collecting,
  signal: AbortSignal,
): Promise<Judgement> {
  const config = configOf(input);
  const { intervalMs, firstNumber } = grid(deps, input);
  const next = ({ lastWindow }: JudgeState): number =>
    Math.max(firstNumber, (lastWindow ?? -1) + 1);
  // The newest known window once more: it changes nothing, but that a step may have begun since.
  const recorded = await deps.evidence.read(input.deploymentId, next(known));
  const seen = [...known.recent.slice(-1), ...recorded.map(({ window }) => window)];
  const caughtUp = seen.reduce((state, window) => foldWindow(config, state, window), known);
  const from = next(caughtUp);
  const fresh = await freshWindows(deps, { input, from, intervalMs, observed, known }, signal);
  const isBlind = fresh === null || seen.length + fresh.length === 0;
  // Harm that was seen is none the less harm because nobody can look again.
  if (isBlind && caughtUp.harm === null)
    return { state: caughtUp, verdict: noDataVerdict(caughtUp) };
  const folded = judgeNext(config, caughtUp, fresh ?? []);
  if (fresh !== null && fresh.length > 0) await record(deps, { input, fresh, folded });
  return folded;
}

interface Recording {
  readonly input: WatchInput;
  readonly fresh: readonly Window[];
  readonly folded: Judgement;
}

/** No verdict counts without its evidence, but one: harm that is seen is acted on, even where nothing can be written. */
async function record(
  { evidence, log }: ActivityDependencies,
  { input: { deploymentId, stepId }, fresh, folded }: Recording,
): Promise<void> {
  try {
    await evidence.append({ deploymentId, stepId, windows: fresh });
  } catch (error) {
    if (folded.verdict.kind !== 'harm') throw error;
    log(
      'error',
      `${deploymentId}: the evidence of the harm could not be written: ${String(error)}`,
    );
  }
}

function grid(
  deps: ActivityDependencies,
  input: WatchInput,
): { readonly intervalMs: number; readonly firstNumber: number } {
  const intervalMs = deps.capabilities.resolutionMs;
  return { intervalMs, firstNumber: Math.ceil(input.beforeFromMs / intervalMs) };
}

interface Fresh {
  readonly input: WatchInput;
  readonly from: number;
  readonly intervalMs: number;
  readonly observed: ArmWeights;
  readonly known: JudgeState;
}

/** New windows in order; null where the source does not answer. One that nobody observed comes as a gap in time. */
async function freshWindows(
  deps: ActivityDependencies,
  fresh: Fresh,
  signal: AbortSignal,
): Promise<readonly Window[] | null> {
  const { from, input, intervalMs } = fresh;
  const seen = await read(deps, fresh, signal);
  if (seen === null) return null;
  const probes = await readProbes(deps, fresh, signal);
  const lastSeen = seen.at(-1)?.number ?? from - 1;
  const overdue = Math.floor((deps.clock() - deps.capabilities.lagMs) / intervalMs) - GRACE_WINDOWS;
  const byNumber = new Map(seen.map((window) => [window.number, window]));
  const windows: Window[] = [];
  for (const number of numbersOf(byNumber, from, Math.max(lastSeen, overdue))) {
    const fromMs = number * intervalMs;
    const counted = armsOf(byNumber.get(number), input);
    const arms = withProbes(counted, probes.get(number), input);
    const isBefore = fromMs < input.evidenceFromMs;
    if (isBefore && arms.stable === null) continue;
    windows.push({
      number,
      fromMs,
      intervalMs,
      arms: isBefore ? { ...arms, candidate: null } : arms,
      candidateWeight: weightDuring(fresh, fromMs),
    });
  }
  return windows;
}

const GRACE_WINDOWS = 2;
/** An hour of seconds: what is missing before that is as absent as a gap, and costs nothing. */
const MOST_MISSING = 3_600;

/** What was seen, and what should have been: of a long absence, or a clock that was put forward, only the end. */
function numbersOf(
  seen: ReadonlyMap<number, RevisionWindow>,
  from: number,
  last: number,
): readonly number[] {
  const first = Math.max(from, last - MOST_MISSING);
  const early = [...seen.keys()].filter((number) => number < first);
  return [
    ...early,
    ...Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at),
  ];
}

/** What began before this step came mostly under the weight of before; the router says only what holds now. */
function weightDuring({ input, known, observed }: Fresh, fromMs: number): number {
  if (fromMs < input.evidenceFromMs) return 0;
  if (fromMs >= input.stepStartedAtMs) return Math.round(observed.candidate);
  return known.recent.at(-1)?.candidateWeight ?? 0;
}

async function read(
  deps: ActivityDependencies,
  { input, from, intervalMs }: Fresh,
  signal: AbortSignal,
): Promise<readonly RevisionWindow[] | null> {
  const query = queryOf(deps, { input, fromMs: from * intervalMs });
  try {
    const windows = await deps.metrics.windows(query, signal);
    return windows.filter(({ number }) => number >= from);
  } catch (error) {
    if (error instanceof BelayError && error.retryable) return null;
    throw error;
  }
}

/** Evidence beside that of users: where nobody probes, or nobody can, there is less of it. */
async function readProbes(
  deps: ActivityDependencies,
  { input, from, intervalMs }: Fresh,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ProbeWindow>> {
  const { probe } = input.monitoring;
  if (probe === null) return new Map();
  const query = { ...queryOf(deps, { input, fromMs: from * intervalMs }), probe };
  try {
    const windows = await deps.probes.windows(query, signal);
    return new Map(windows.map((window) => [window.number, window]));
  } catch (error) {
    if (error instanceof BelayError && error.retryable) return new Map();
    throw error;
  }
}

function queryOf(
  { clock }: ActivityDependencies,
  { input, fromMs }: { readonly input: WatchInput; readonly fromMs: number },
): MetricQuery {
  const revisions = input.stable === null ? [input.candidate] : [input.stable, input.candidate];
  return { ref: input.ref, revisions, fromMs, toMs: clock() };
}

type Arms = Record<Arm, ArmWindow | null>;

function armsOf(window: RevisionWindow | undefined, input: WatchInput): Arms {
  const of = (revision: string | null): ArmWindow | null =>
    revision === null ? null : (window?.revisions[revision] ?? null);
  return { stable: of(input.stable), candidate: of(input.candidate) };
}

/** Probes that nobody counted beside are left out: without the target's own counts the window is a gap. */
function withProbes(arms: Arms, seen: ProbeWindow | undefined, input: WatchInput): Arms {
  if (seen === undefined) return arms;
  const add = (arm: ArmWindow | null, revision: string | null): ArmWindow | null => {
    const probes = revision === null ? undefined : seen.revisions[revision];
    return arm === null || probes === undefined ? arm : { ...arm, probes };
  };
  return {
    stable: add(arms.stable, input.stable),
    candidate: add(arms.candidate, input.candidate),
  };
}
