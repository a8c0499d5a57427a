import { historyOf } from '../../../src/client/run-history';

const payload = (value: unknown) => ({ data: Buffer.from(JSON.stringify(value)) });
const decode = ({ data }: { data?: Uint8Array | null }): unknown =>
  JSON.parse(Buffer.from(data ?? []).toString()) as unknown;
const input = (value: unknown) => ({ input: { payloads: [payload(value)] } });
const scheduled = (name: string, value: unknown) => ({
  activityTaskScheduledEventAttributes: { activityType: { name }, ...input(value) },
});
const started = { workflowExecutionStartedEventAttributes: input({ service: 'shop' }) };

describe('what the history of a run holds of its record', () => {
  test('request, opening, closing and the revision that was planned', () => {
    const events = [
      started,
      scheduled('openRecord', { initiator: 'ada' }),
      scheduled('assembleRollout', { revision: { digest: 'sha256:1' } }),
      scheduled('shiftTraffic', { closing: 'not this one' }),
      scheduled('closeRecord', { deploymentId: 'x', closing: { outcome: 'succeeded' } }),
    ];
    expect(historyOf(events, decode)).toEqual({
      request: { service: 'shop' },
      opening: { initiator: 'ada' },
      closing: { outcome: 'succeeded' },
      candidate: { digest: 'sha256:1' },
    });
  });

  test('the last of several closings', () => {
    const closing = (cause: string) => scheduled('closeRecord', { closing: { cause } });
    const { closing: found } = historyOf([started, closing('first'), closing('last')], decode);
    expect(found).toEqual({ cause: 'last' });
  });

  test('nothing of a run that never came to anything', () => {
    expect(historyOf([], decode)).toEqual({
      request: null,
      opening: null,
      closing: null,
      candidate: null,
    });
  });
});
