import { checked } from '../support/simulator/checked';
import {
  bakingAt,
  decide,
  ERROR_GUARD,
  LATENCY_QUESTION,
  once,
} from '../support/simulator/scenario';

describe('a question that looks back further than a step', () => {
  test('is judged over all of its time, though a pause fell into it', async () => {
    const bake = { leastMs: 70_000, longestMs: 140_000, minimumRequests: 20 };
    const question = { ...LATENCY_QUESTION, durationMs: 150_000, severity: 'critical' as const };
    const { status } = await checked({
      strategy: { kind: 'canary', steps: [20, 50].map((weight) => ({ weight, bake })) },
      criteria: [ERROR_GUARD, question],
      candidate: { latencyMs: 400 },
      happenings: [
        ...once(bakingAt(50), decide('pause'), 60_000),
        ...once(bakingAt(50), decide('resume'), 65_000),
      ],
    });
    expect(status.outcome).toBe('rolled-back');
    expect(status.cause).toContain('requests in the last 150 s');
  });
});
