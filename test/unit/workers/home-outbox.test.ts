import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { NOTIFICATION_KINDS, type Notification } from '../../../src/domain/monitoring/notification';
import { homeOutbox } from '../../../src/workers/home-outbox';
import { until } from '../../support/until';
import { WebhookReceiver } from '../../support/webhook-receiver';

const LIVE: Notification = {
  id: 'shop-production-01/live/1',
  kind: 'live',
  severity: 'low',
  deployment: 'shop-production-01',
  service: 'shop',
  environment: 'production',
  revision: null,
  atMs: 1_790_000_000_000,
  sentence: 'It is live.',
  next: null,
};

test('two environments of one home deliver a message once', async () => {
  const receiver = await WebhookReceiver.open();
  const home = mkdtempSync(`${tmpdir()}/belay-outbox-`);
  const log = (): void => undefined;
  const [staging, production] = [homeOutbox({ home, log }), homeOutbox({ home, log })];
  try {
    const url = receiver.url();
    const channel = { kind: 'webhook', url, signingSecret: null, on: NOTIFICATION_KINDS } as const;
    await production.notify(LIVE, [channel], new AbortController().signal);
    await Promise.all([staging.deliver(), production.deliver()]);
    await until(() => receiver.received.length > 0);
    expect(receiver.received).toHaveLength(1);
  } finally {
    staging.stop();
    production.stop();
    await receiver.close();
  }
});
