import { judge, type JudgeState } from '../domain/analysis/judge';
import { noDataVerdict } from '../domain/analysis/no-data';
import type { Verdict } from '../domain/analysis/verdict';
import type { Arm, ArmWindow, Window } from '../domain/analysis/window';
import { BelayError } from '../domain/errors';
import type { ArmWeights } from '../domain/status';
import type { RevisionWindow } from '../ports/metric-source';
import type { ActivityDependencies } from './dependencies';
import { configOf, type WatchInput } from './watch-input';

interface Collecting {
  readonly input: WatchInput;
  readonly known: JudgeState;
  readonly observed: ArmWeights;
}

interface Folded {
  readonly state: JudgeState;
  readonly verdict: Verdict;
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
): Promise<Folded> {
  const { intervalMs, firstNumber } = grid(deps, input);
  let folded = standing(input, known);
  const next = (): number => Math.max(firstNumber, (folded.state.lastWindow ?? -1) + 1);
  for (const { window } of await deps.evidence.read(input.deploymentId, next())) {
    folded = judge(configOf(input), folded.state, window);
  }
  const fresh = await freshWindows(deps, { input, from: next(), intervalMs, observed }, signal);
  if (fresh === null) return { ...folded, verdict: noDataVerdict(folded.state) };
  for (const window of fresh) folded = judge(configOf(input), folded.state, window);
  if (fresh.length > 0) await record(deps, { input, fresh, folded });
  return folded;
}

interface Recording {
  readonly input: WatchInput;
  readonly fresh: readonly Window[];
  readonly folded: Folded;
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

/** What follows from all that is known already: a look between two windows changes nothing. */
function standing(input: WatchInput, known: JudgeState): Folded {
  const latest = known.recent.at(-1);
  if (latest === undefined) return { state: known, verdict: noDataVerdict(known) };
  return judge(configOf(input), known, latest);
}

function grid(
  deps: ActivityDependencies,
  input: WatchInput,
): { readonly intervalMs: number; readonly firstNumber: number } {
  const intervalMs = deps.capabilities.resolutionMs;
  return { intervalMs, firstNumber: Math.ceil(input.evidenceFromMs / intervalMs) };
}

interface Fresh {
  readonly input: WatchInput;
  readonly from: number;
  readonly intervalMs: number;
  readonly observed: ArmWeights;
}

/** New windows in order; null where the source does not answer. One that nobody observed comes as a gap in time. */
async function freshWindows(
  deps: ActivityDependencies,
  { input, from, intervalMs, observed }: Fresh,
  signal: AbortSignal,
): Promise<readonly Window[] | null> {
  const seen = await read(deps, { input, from, intervalMs, observed }, signal);
  if (seen === null) return null;
  const lastSeen = seen.at(-1)?.number ?? from - 1;
  const overdue = Math.floor((deps.clock() - deps.capabilities.lagMs) / intervalMs) - GRACE_WINDOWS;
  const byNumber = new Map(seen.map((window) => [window.number, window]));
  const windows: Window[] = [];
  for (let number = from; number <= Math.max(lastSeen, overdue); number += 1) {
    windows.push({
      number,
      fromMs: number * intervalMs,
      intervalMs,
      arms: armsOf(byNumber.get(number), input),
      candidateWeight: Math.round(observed.candidate),
    });
  }
  return windows;
}

const GRACE_WINDOWS = 2;

async function read(
  deps: ActivityDependencies,
  { input, from, intervalMs }: Fresh,
  signal: AbortSignal,
): Promise<readonly RevisionWindow[] | null> {
  const revisions = input.stable === null ? [input.candidate] : [input.stable, input.candidate];
  const query = { ref: input.ref, revisions, fromMs: from * intervalMs, toMs: deps.clock() };
  try {
    const windows = await deps.metrics.windows(query, signal);
    return windows.filter(({ number }) => number >= from);
  } catch (error) {
    if (error instanceof BelayError && error.retryable) return null;
    throw error;
  }
}

function armsOf(
  window: RevisionWindow | undefined,
  input: WatchInput,
): Record<Arm, ArmWindow | null> {
  const of = (revision: string | null): ArmWindow | null =>
    revision === null ? null : (window?.revisions[revision] ?? null);
  return { stable: of(input.stable), candidate: of(input.candidate) };
}
