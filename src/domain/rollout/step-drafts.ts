import { oneLine } from '../format/one-line';
import type {
  AwaitHealthyStep,
  DrainStep,
  LaunchStep,
  QueueRequestsStep,
  ReduceStep,
  ReleaseRequestsStep,
  RetireStep,
  ShiftStep,
  Step,
  Weights,
} from './plan';

/** A step before it has its number; its id becomes `{number}-{name}`. */
export type StepDraft = Drafted<Step>;
export type Drafted<S> = S extends Step ? Omit<S, 'id'> & { readonly name: string } : never;
/** What every step says about itself; the summary may be of any length. */
export type Said = Pick<StepDraft, 'name' | 'phase' | 'summary' | 'undo'>;

/** How long the platform may take to accept an order. */
const ORDER_MS = 120_000;
export const SHIFT_MS = 30_000;
const SUMMARY_BYTES = 200;

export function launchStep(
  said: Said,
  fleet: Pick<LaunchStep, 'revision' | 'size'>,
): Drafted<LaunchStep> {
  return { ...shortened(said), ...fleet, kind: 'launch', deadlineMs: ORDER_MS };
}

export function awaitHealthyStep(
  said: Said,
  {
    startWithinMs,
    ...fleet
  }: Pick<AwaitHealthyStep, 'revision' | 'size'> & { readonly startWithinMs: number },
): Drafted<AwaitHealthyStep> {
  return { ...shortened(said), ...fleet, kind: 'awaitHealthy', deadlineMs: startWithinMs };
}

export function shiftStep(
  said: Said,
  { weights, settleMs }: { readonly weights: Weights; readonly settleMs: number },
): Drafted<ShiftStep> {
  return { ...shortened(said), kind: 'shift', deadlineMs: settleMs + SHIFT_MS, weights };
}

export function drainStep(
  said: Said,
  fleet: Pick<DrainStep, 'revision' | 'timeoutMs'>,
): Drafted<DrainStep> {
  const deadlineMs = fleet.timeoutMs + SHIFT_MS;
  return { ...shortened(said), ...fleet, kind: 'drain', deadlineMs };
}

/** `stopGraceMs`: how long an instance may take to end by itself. */
export function reduceStep(
  said: Said,
  { stopGraceMs, ...fleet }: Stopped & Pick<ReduceStep, 'size'>,
): Drafted<ReduceStep> {
  const deadlineMs = fleet.drainMs + stopGraceMs + ORDER_MS;
  return { ...shortened(said), ...fleet, kind: 'reduce', deadlineMs };
}

export function retireStep(said: Said, { stopGraceMs, ...fleet }: Stopped): Drafted<RetireStep> {
  const deadlineMs = fleet.drainMs + stopGraceMs + ORDER_MS;
  return { ...shortened(said), ...fleet, kind: 'retire', deadlineMs };
}

type Stopped = Pick<RetireStep, 'revision' | 'drainMs'> & { readonly stopGraceMs: number };

export function queueRequestsStep(said: Said, mostWaitMs: number): Drafted<QueueRequestsStep> {
  return { ...shortened(said), kind: 'queueRequests', deadlineMs: SHIFT_MS, mostWaitMs };
}

export function releaseRequestsStep(said: Said): Drafted<ReleaseRequestsStep> {
  return { ...shortened(said), kind: 'releaseRequests', deadlineMs: SHIFT_MS };
}

export function summarize(text: string): string {
  return oneLine(text, SUMMARY_BYTES);
}

/** Ids in the order of the steps: `01-launch`, or `back-01-launch` with the prefix `back-`. */
export function numbered(drafts: readonly StepDraft[], prefix = ''): readonly Step[] {
  return drafts.map(({ name, ...step }, index) => ({
    ...step,
    id: `${prefix}${String(index + 1).padStart(2, '0')}-${name}`,
  }));
}

function shortened(said: Said): Said {
  return { ...said, summary: summarize(said.summary) };
}
