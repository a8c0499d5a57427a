import { beating } from '../../../src/activities/activity-context';

test('an attempt beats before its call: one that was given up meanwhile hears of it at once', async () => {
  const order: string[] = [];
  const { signal } = new AbortController();
  const answer = await beating({ signal, heartbeat: () => order.push('beat') }, async () => {
    order.push('call');
    return 'done';
  });
  expect(answer).toBe('done');
  expect(order).toEqual(['beat', 'call']);
});
