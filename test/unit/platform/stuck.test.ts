import { isStuck } from '../../../src/platform/supervisor/stuck';

describe('an instance whose process runs', () => {
  test.each([
    { unhealthyForMs: 0, wasHealthySinceStart: true, stuck: false, why: 'it is healthy' },
    { unhealthyForMs: 29_999, wasHealthySinceStart: true, stuck: false, why: 'it may recover' },
    { unhealthyForMs: 30_000, wasHealthySinceStart: true, stuck: true, why: 'it does not recover' },
    { unhealthyForMs: 299_999, wasHealthySinceStart: false, stuck: false, why: 'it may start' },
    { unhealthyForMs: 300_000, wasHealthySinceStart: false, stuck: true, why: 'it never starts' },
  ])('is stuck: $stuck, where $why', ({ stuck, ...watched }) => {
    expect(isStuck(watched, 30_000)).toBe(stuck);
  });
});
