import { createOutbox, type Outbox, type OutboxOptions } from '../adapters/notifiers/outbox';

const outboxes = new Map<string, Outbox>();

/** The outbox of a home, one for all environments of this process: two would deliver each message twice. */
export function homeOutbox(options: Pick<OutboxOptions, 'home' | 'log'>): Outbox {
  const known = outboxes.get(options.home);
  if (known !== undefined) return known;
  const outbox = createOutbox(options);
  outboxes.set(options.home, outbox);
  return outbox;
}
