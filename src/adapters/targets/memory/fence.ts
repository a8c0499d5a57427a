import { canonicalJson } from '../../../domain/canonical-json';
import { serviceName, type ServiceRef } from '../../../domain/deployment';
import { BelayError } from '../../../domain/errors';
import type { Fence } from '../../../domain/target-state';
import { noteRates } from './rates';
import { findService, type JournalEntry, type MemoryService, type World } from './world';

interface Write {
  readonly ref: ServiceRef;
  readonly fence: Fence;
  readonly effect: JournalEntry['effect'];
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Runs one write of the order that the fence gives: older ones are refused, the newest one may come again. A write
 * that is refused for what it asks leaves no trace, so that it can be tried again under the same `n`.
 */
export function writeOnce(
  world: World,
  write: Write,
  apply: (service: MemoryService) => void,
): MemoryService {
  const service = findService(world, write.ref);
  if (service === undefined) throw fenced(write, 'nothing was ever claimed here');
  const body = canonicalJson([write.effect, write.detail]);
  const repeat = checkFence(service, write, body);
  if (!repeat) apply(service);
  service.lastWrite = { n: write.fence.n, body };
  journal(world, write, repeat);
  noteRates(world, service);
  return service;
}

function checkFence(service: MemoryService, write: Write, body: string): boolean {
  const { claim, lastWrite } = service;
  if (claim?.epoch !== write.fence.epoch) {
    throw fenced(write, `epoch ${claim?.epoch ?? 0} stands`);
  }
  if (lastWrite?.n === write.fence.n) return checkRepeat(lastWrite.body === body, write);
  if (claim.released) throw fenced(write, 'its claim was released');
  if (lastWrite !== null && write.fence.n < lastWrite.n) {
    throw fenced(write, `write ${lastWrite.n} has already been made`);
  }
  return false;
}

function checkRepeat(sameBody: boolean, write: Write): true {
  if (sameBody) return true;
  throw new BelayError(
    'TARGET_REJECTED',
    `${serviceName(write.ref)}: write ${write.fence.n} came again with another body; nothing was changed.`,
    { next: 'Raise n before each effect.' },
  );
}

function fenced(write: Write, why: string): BelayError {
  return new BelayError(
    'FENCED',
    `${serviceName(write.ref)}: the write ${write.fence.epoch}/${write.fence.n} (${write.effect}) was refused, because ${why}; traffic is as it was.`,
    { details: { fence: write.fence } },
  );
}

function journal(world: World, write: Write, repeat: boolean): void {
  world.journal.push({
    atMs: world.clock(),
    service: serviceName(write.ref),
    effect: write.effect,
    epoch: write.fence.epoch,
    n: write.fence.n,
    repeat,
    detail: write.detail,
  });
}
