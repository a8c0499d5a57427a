import { createHmac } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createOutbox, type Outbox } from '../../src/adapters/notifiers/outbox';
import {
  NOTIFICATION_KINDS,
  type Notification,
  type NotificationChannel,
} from '../../src/domain/monitoring/notification';
import { WebhookReceiver } from '../support/webhook-receiver';

const SECRET = ['wh', 'x9Y2'.repeat(8)].join('-');
const HOOK_PATH = ['T0', 'a1B2c3'.repeat(4)].join('/');
const NEVER = new AbortController().signal;

describe('notifications', () => {
  let home: string;
  let receiver: WebhookReceiver;
  let outbox: Outbox;
  let nowMs: number;
  let lines: string[];

  beforeEach(async () => {
    home = await mkdtemp(`${tmpdir()}/belay-notify-`);
    await mkdir(`${home}/secrets`, { mode: 0o700 });
    receiver = await WebhookReceiver.open();
    await writeFile(`${home}/secrets/HOOK_SECRET`, SECRET, { mode: 0o600 });
    await writeFile(`${home}/secrets/CHAT_URL`, receiver.url(`/${HOOK_PATH}`), { mode: 0o600 });
    nowMs = 1_790_000_000_000;
    lines = [];
    outbox = open();
  });

  afterEach(async () => {
    outbox.stop();
    await receiver.close();
    await rm(home, { recursive: true, force: true });
  });

  function open(timeoutMs = 10_000): Outbox {
    return createOutbox({
      home,
      clock: () => nowMs,
      timeoutMs,
      log: (level, message) => lines.push(`${level} ${message}`),
    });
  }

  /** Everything that is due has had its attempt: also what `notify` started by itself. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 1_000; round += 1) {
      await outbox.deliver();
      const left = await waiting();
      if (left === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
      nowMs += 1_000;
    }
  }

  async function attempts(count: number): Promise<void> {
    for (let round = 0; round < 500 && receiver.received.length < count; round += 1) {
      nowMs += 1_000;
      await outbox.deliver();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await outbox.deliver();
  }

  async function waiting(): Promise<number> {
    return (await kept()).length;
  }

  async function kept(): Promise<readonly string[]> {
    const folder = `${home}/notifications/waiting`;
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => name.endsWith('.json')).map((name) => `${folder}/${name}`);
  }

  async function givenUp(): Promise<number> {
    return (await readdir(`${home}/notifications/given-up`).catch(() => [])).length;
  }

  const webhook = (): NotificationChannel => ({
    kind: 'webhook',
    url: receiver.url(),
    signingSecret: 'HOOK_SECRET',
    on: NOTIFICATION_KINDS,
  });

  test('a webhook gets CloudEvents JSON that its secret signs', async () => {
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await settle();
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
    expect(JSON.parse(body)).toEqual({
      specversion: '1.0',
      id: ROLLED_BACK.id,
      source: '/belay/shop/production',
      type: 'dev.belay.deployment.rolled-back',
      subject: ROLLED_BACK.deployment,
      time: '2026-09-21T14:13:20.000Z',
      datacontenttype: 'application/json',
      data: {
        kind: 'rolled-back',
        severity: 'high',
        deployment: ROLLED_BACK.deployment,
        service: 'shop',
        environment: 'production',
        revision: ROLLED_BACK.revision,
        sentence: ROLLED_BACK.sentence,
        next: ROLLED_BACK.next,
      },
    });
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    const stamp = String(headers['webhook-timestamp']);
    const expected = createHmac('sha256', SECRET)
      .update(`${ROLLED_BACK.id}.${stamp}.${body}`)
      .digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(headers['webhook-id']).toBe(ROLLED_BACK.id);
  });

  test('Slack gets its format, and nobody is called by a cause', async () => {
    const shouting = { ...ROLLED_BACK, sentence: 'checkout <!channel> failed & `broke`' };
    await outbox.notify(shouting, [slack()], NEVER);
    await settle();
    const [message] = receiver.bodies() as { text: string }[];
    expect(message?.text).toContain('*shop → production: rolled-back* (high)');
    expect(message?.text).toContain('checkout &lt;!channel&gt; failed &amp; `broke`');
    expect(message?.text).toContain('next: `belay show shop-production-01`');
  });

  test('the same notification is delivered once, however often it is handed over', async () => {
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await settle();
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await settle();
    expect(receiver.received).toHaveLength(1);
  });

  test('a receiver that is away gets it when it is back, over a restart of the worker', async () => {
    const { port } = receiver;
    await receiver.close();
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await outbox.deliver();
    outbox.stop();
    outbox = open();
    receiver = await WebhookReceiver.open(port);
    await settle();
    expect(receiver.received).toHaveLength(1);
  });

  test.each([500, 503, 429, 408])('an answer of %d is tried again', async (status) => {
    receiver.manner = { kind: 'answer', status };
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await attempts(2);
    receiver.manner = { kind: 'answer', status: 200 };
    await settle();
    expect(receiver.received.length).toBeGreaterThanOrEqual(3);
    expect(await waiting()).toBe(0);
  });

  test('a receiver that says when is not asked before', async () => {
    receiver.manner = { kind: 'answer', status: 429, headers: { 'retry-after': '120' } };
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await attempts(1);
    nowMs += 60_000;
    await outbox.deliver();
    expect(receiver.received).toHaveLength(1);
    nowMs += 70_000;
    await outbox.deliver();
    expect(receiver.received).toHaveLength(2);
  });

  test.each([400, 404, 410, 302])(
    'an answer of %d is final, and kept with its reason',
    async (status) => {
      receiver.manner = { kind: 'answer', status, headers: { location: '/elsewhere' } };
      await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
      await settle();
      expect(receiver.received).toHaveLength(1);
      expect(await givenUp()).toBe(1);
      expect(lines.join('\n')).toContain(`is given up: the receiver answered ${status}`);
    },
  );

  test('one that hangs or breaks off does not hold up another channel', async () => {
    outbox.stop();
    outbox = open(2_000);
    receiver.manner = { kind: 'hang' };
    const other = await WebhookReceiver.open();
    try {
      await outbox.notify(ROLLED_BACK, [webhook(), { ...HOOK, url: other.url() }], NEVER);
      await outbox.deliver();
      expect(other.received).toHaveLength(1);
      receiver.manner = { kind: 'reset' };
      await attempts(receiver.received.length + 1);
      expect(await waiting()).toBe(1);
    } finally {
      await other.close();
    }
  });

  test('those of one channel come in their order', async () => {
    receiver.manner = { kind: 'answer', status: 503 };
    const later = { ...ROLLED_BACK, id: 'shop-production-01/live/2', kind: 'live' as const };
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    nowMs += 1;
    await outbox.notify(later, [webhook()], NEVER);
    await attempts(2);
    receiver.received.length = 0;
    receiver.manner = { kind: 'answer', status: 200 };
    await settle();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      ROLLED_BACK.id,
      later.id,
    ]);
  });

  test.each([
    ['a rollback that is not complete', { kind: 'rollback-incomplete' as const }],
    ['what is critical', { severity: 'critical' as const }],
  ])('%s does not wait behind a message that is put off', async (_name, change) => {
    receiver.manner = { kind: 'answer', status: 503, headers: { 'retry-after': '3600' } };
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await attempts(1);
    receiver.received.length = 0;
    receiver.manner = { kind: 'answer', status: 200 };
    const urgent = { ...ROLLED_BACK, ...change, id: 'shop-production-01/urgent/3' };
    await outbox.notify({ ...ROLLED_BACK, id: 'shop-production-01/live/2' }, [webhook()], NEVER);
    nowMs += 1;
    await outbox.notify(urgent, [webhook()], NEVER);
    await attempts(1);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([urgent.id]);
    expect(await waiting()).toBe(2);
  });

  test('what cannot be read now waits until it can, and is said once', async () => {
    receiver.manner = { kind: 'answer', status: 503 };
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await attempts(1);
    receiver.manner = { kind: 'answer', status: 200 };
    const [path = ''] = await kept();
    await rename(path, `${home}/aside`);
    await mkdir(path);
    await outbox.deliver();
    await outbox.deliver();
    expect(await givenUp()).toBe(0);
    expect(lines.filter((line) => line.includes('cannot be read (EISDIR)'))).toHaveLength(1);
    await rm(path, { recursive: true });
    await rename(`${home}/aside`, path);
    await settle();
    expect(receiver.received).toHaveLength(2);
  });

  test('what was delivered is not sent again where that cannot be noted', async () => {
    await mkdir(`${home}/notifications`, { recursive: true });
    await writeFile(`${home}/notifications/done`, '');
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await settle();
    await outbox.deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await kept()).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(/could not be noted/)]);
  });

  test('what is no message is put aside, and said', async () => {
    await mkdir(`${home}/notifications/waiting`, { recursive: true });
    await writeFile(`${home}/notifications/waiting/broken.json`, '{"notif');
    await outbox.deliver();
    expect(await givenUp()).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^error .*given-up\/broken\.json/)]);
  });

  test('after a day nobody wants to hear it any more', async () => {
    receiver.manner = { kind: 'answer', status: 503 };
    await outbox.notify(ROLLED_BACK, [webhook()], NEVER);
    await attempts(1);
    nowMs += 25 * 3_600_000;
    await outbox.deliver();
    expect(await waiting()).toBe(0);
    expect(await givenUp()).toBe(1);
  });

  test('a secret without a value waits for it, and says its name only', async () => {
    const nameless = { ...HOOK, url: receiver.url(), signingSecret: 'NOT_THERE' };
    await outbox.notify(ROLLED_BACK, [nameless], NEVER);
    await outbox.deliver();
    expect(await waiting()).toBe(1);
    expect(lines.join('\n')).toContain('NOT_THERE has no value: it belongs into secrets/NOT_THERE');
    expect(receiver.received).toHaveLength(0);
    await writeFile(`${home}/secrets/NOT_THERE`, SECRET, { mode: 0o600 });
    await settle();
    expect(receiver.received).toHaveLength(1);
  });

  test('neither log nor outbox holds a secret', async () => {
    receiver.manner = { kind: 'answer', status: 500 };
    await outbox.notify(ROLLED_BACK, [webhook(), slack()], NEVER);
    await attempts(2);
    await receiver.close();
    nowMs += 60_000;
    await outbox.deliver();
    const texts = await Promise.all((await kept()).map((path) => readFile(path, 'utf8')));
    expect(texts).toHaveLength(2);
    for (const text of [...texts, ...lines]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain(HOOK_PATH);
    }
    receiver = await WebhookReceiver.open();
  });

  test('the console is told at once', async () => {
    await outbox.notify(ROLLED_BACK, [{ kind: 'console', on: NOTIFICATION_KINDS }], NEVER);
    expect(lines).toEqual([
      'error shop-production-01: rolled-back: 38 of 1 204 requests failed. next: belay show shop-production-01',
    ]);
  });

  test('an outbox that cannot be written is said, with what it means', async () => {
    await writeFile(`${home}/notifications`, 'in the way');
    await expect(outbox.notify(ROLLED_BACK, [webhook()], NEVER)).rejects.toMatchObject({
      code: 'NOTIFIER_UNAVAILABLE',
      retryable: true,
    });
  });

  test('the console is told although nothing can be kept, and once however often it is handed over', async () => {
    await writeFile(`${home}/notifications`, 'in the way');
    const channels = [webhook(), { kind: 'console', on: NOTIFICATION_KINDS } as const];
    for (const _attempt of [1, 2])
      await expect(outbox.notify(ROLLED_BACK, channels, NEVER)).rejects.toThrow(
        'could not be kept',
      );
    expect(lines.filter((line) => line.includes('38 of 1 204 requests failed.'))).toHaveLength(1);
  });

  test('one channel that cannot be kept keeps no other from it', async () => {
    const unkept = {
      ...HOOK,
      toJSON: () => {
        throw new Error('no space left');
      },
    };
    await expect(outbox.notify(ROLLED_BACK, [unkept, webhook()], NEVER)).rejects.toMatchObject({
      code: 'NOTIFIER_UNAVAILABLE',
    });
    await settle();
    expect(receiver.received).toHaveLength(1);
  });

  function slack(): NotificationChannel {
    return { kind: 'slack', urlSecret: 'CHAT_URL', on: NOTIFICATION_KINDS };
  }
});

const HOOK = { kind: 'webhook', url: '', signingSecret: null, on: NOTIFICATION_KINDS } as const;

const ROLLED_BACK: Notification = {
  id: 'shop-production-01/rolled-back/1',
  kind: 'rolled-back',
  severity: 'high',
  deployment: 'shop-production-01',
  service: 'shop',
  environment: 'production',
  revision: `sha256:${'c'.repeat(64)}`,
  atMs: 1_790_000_000_000,
  sentence: '38 of 1 204 requests failed.',
  next: 'belay show shop-production-01',
};
