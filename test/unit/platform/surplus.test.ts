import fc from 'fast-check';
import { surplusOf } from '../../../src/platform/supervisor/surplus';

describe('what a fleet can do without', () => {
  test.each([
    { fleet: 'hhh', size: 2, going: [2], why: 'the newest' },
    {
      fleet: 'uhh',
      size: 2,
      going: [0],
      why: 'the one that is not healthy, though it is the oldest',
    },
    { fleet: 'huhu', size: 2, going: [3, 1], why: 'both that are not healthy, the newest first' },
    { fleet: 'uhuh', size: 1, going: [2, 0, 3], why: 'a healthy one only after all others' },
    { fleet: 'uu', size: 1, going: [1], why: 'the newest where none is healthy' },
    { fleet: 'hh', size: 2, going: [], why: 'nothing where it is not larger' },
    { fleet: 'hh', size: 5, going: [], why: 'nothing where it is smaller' },
  ])('of $fleet at $size: $why', ({ fleet, size, going }) => {
    expect(surplusOf(instancesOf(fleet), size).map(({ index }) => index)).toEqual(going);
  });

  test('never a healthy one while one goes on that is not', () => {
    const fleets = fc.array(fc.constantFrom('h', 'u'), { maxLength: 12 });
    fc.assert(
      fc.property(fleets, fc.integer({ min: 1, max: 12 }), (states, size) => {
        const all = instancesOf(states.join(''));
        const going = new Set(surplusOf(all, size));
        const staying = all.filter((each) => !going.has(each));
        expect(staying).toHaveLength(Math.min(size, all.length));
        const isHealthyGoing = [...going].some(({ isHealthy }) => isHealthy);
        if (isHealthyGoing) expect(staying.every(({ isHealthy }) => isHealthy)).toBe(true);
      }),
    );
  });
});

/** Oldest first: h is healthy, u is not. */
function instancesOf(states: string) {
  return states.split('').map((state, index) => ({ index, isHealthy: state === 'h' }));
}
