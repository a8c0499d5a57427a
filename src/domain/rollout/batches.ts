import type { RollingBounds } from './amounts';

export interface BatchesInput extends RollingBounds {
  /** How many instances the incoming revision is to have, at least 1. */
  readonly instances: number;
  readonly from: Standing;
}

/** Two fleets in the middle of a replacement; `ready` of the incoming instances are able to serve. */
export interface Standing {
  readonly incoming: number;
  readonly ready: number;
  readonly outgoing: number;
}

/** One batch of a replacement. */
export interface Batch {
  readonly before: Standing;
  /** Outgoing instances that still stand while the incoming ones start. */
  readonly room: number;
  /** What stands when the batch is done, all of it able to serve. */
  readonly incoming: number;
  readonly outgoing: number;
}

/**
 * What happens in one batch, in this order. A shift names the instances that its share follows; whoever performs it
 * leaves it out where the share is there already.
 */
export type Move =
  | { readonly kind: 'shift'; readonly incoming: number; readonly outgoing: number }
  | { readonly kind: 'launch'; readonly size: number }
  | { readonly kind: 'awaitHealthy'; readonly size: number }
  | { readonly kind: 'reduce'; readonly size: number }
  | { readonly kind: 'retire' };

/**
 * The batches that bring the incoming fleet to its size and leave nothing of the outgoing one, from any state. Together
 * never more than instances + surge (or what stood at the start), never fewer able to serve than instances − unavailable
 * (or what could at the start). A batch starts at least one instance where one is missing.
 */
export function rollingBatches(input: BatchesInput): readonly Batch[] {
  const { from, instances, surge } = input;
  const most = Math.max(instances + surge, from.incoming + from.outgoing);
  const batches: Batch[] = [];
  let standing = from;
  while (standing.ready < instances || standing.outgoing > 0) {
    const batch = nextBatch(input, most, standing);
    batches.push(batch);
    standing = { incoming: batch.incoming, ready: batch.incoming, outgoing: batch.outgoing };
  }
  return batches;
}

function nextBatch(input: BatchesInput, most: number, before: Standing): Batch {
  const { instances, surge, unavailable } = input;
  const reach = before.ready + Math.max(1, surge + unavailable);
  const incoming = Math.max(before.incoming, Math.min(instances, reach));
  const room = Math.min(before.outgoing, most - incoming);
  const outgoing = Math.min(room, Math.max(0, instances - incoming));
  return { before, room, incoming, outgoing };
}

/**
 * Weight leaves an instance before it goes, and comes to one after it is healthy: a share rises before the outgoing
 * fleet shrinks, because what remains would carry too much otherwise.
 */
export function movesOf({ before, room, incoming, outgoing }: Batch): readonly Move[] {
  const makesRoom = room < before.outgoing;
  return [
    ...(makesRoom && before.ready > 0 ? [shiftTo(before.ready, room)] : []),
    ...(makesRoom ? [shrinkTo(room)] : []),
    ...(incoming > before.incoming ? [{ kind: 'launch', size: incoming } as const] : []),
    ...(incoming > before.ready ? [{ kind: 'awaitHealthy', size: incoming } as const] : []),
    shiftTo(incoming, outgoing),
    ...(outgoing < room ? [shrinkTo(outgoing)] : []),
  ];
}

/** Whole percent of the incoming side, by instances: both sides keep at least one grain while both stand. */
export function shareOf(incoming: number, outgoing: number, weightGrain: number): number {
  if (outgoing === 0) return 100;
  if (incoming === 0) return 0;
  const exact = (100 * incoming) / (incoming + outgoing);
  const whole = Math.round(exact / weightGrain) * weightGrain;
  return Math.min(Math.max(whole, weightGrain), 100 - weightGrain);
}

function shiftTo(incoming: number, outgoing: number): Move {
  return { kind: 'shift', incoming, outgoing };
}

function shrinkTo(size: number): Move {
  return size === 0 ? { kind: 'retire' } : { kind: 'reduce', size };
}
