import { serviceName, type ServiceRef } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { Claim } from '../../../domain/target-state';
import type { ClaimOrder, ClaimResult } from '../../../ports/traffic-router';
import { NO_GAP } from './gap';
import { noteRates } from './rates';
import { createTimeline } from './traffic-timeline';
import { findService, type MemoryService, type World } from './world';

export function claimService(
  world: World,
  { ref, deploymentId, runId, after }: ClaimOrder,
): ClaimResult {
  const service = findService(world, ref) ?? createService(world, ref);
  const current = service.claim;
  const epoch = current?.epoch ?? 0;
  if (current !== null && isRepeat(current, { deploymentId, runId, after })) {
    return { epoch, previous: service.previous };
  }
  if (epoch !== after) throw claimedBefore(ref, after, current);
  service.previous = current;
  service.claim = { epoch: epoch + 1, deploymentId, runId, released: false };
  service.lastWrite = null;
  world.journal.push({
    atMs: world.clock(),
    service: serviceName(ref),
    effect: 'claim',
    epoch: epoch + 1,
    n: null,
    repeat: false,
    detail: { deploymentId, runId },
  });
  return { epoch: epoch + 1, previous: current };
}

/** The owner's own claim again: while it is open, or when it is the call that made it. */
function isRepeat(
  current: Claim,
  { deploymentId, runId, after }: Pick<ClaimOrder, 'deploymentId' | 'runId' | 'after'>,
): boolean {
  const isOwner = current.deploymentId === deploymentId && current.runId === runId;
  return isOwner && (!current.released || after !== current.epoch);
}

function claimedBefore(
  ref: ServiceRef,
  after: number,
  current: MemoryService['claim'],
): BelayError {
  return new BelayError(
    'FENCED',
    `${serviceName(ref)}: the claim after epoch ${after} came too late, epoch ${current?.epoch ?? 0} of ${current?.deploymentId ?? 'nobody'} stands; traffic is as it was.`,
    { next: 'Observe again and decide anew.', details: { current } },
  );
}

function createService(world: World, ref: ServiceRef): MemoryService {
  const service: MemoryService = {
    ref,
    claim: null,
    previous: null,
    lastWrite: null,
    port: null,
    weights: {},
    gap: null,
    released: NO_GAP,
    longestWaitMs: 0,
    requestsPerSecond: 0,
    launched: 0,
    fleets: new Map(),
    timeline: createTimeline(),
  };
  world.services.set(serviceName(ref), service);
  noteRates(world, service);
  return service;
}
