import { goalsOf, shareOf } from '../../../bench/scan/figures.mjs';
import { foundPlants, plantedIn } from '../../../bench/scan/plants.mjs';

describe('the scan benchmark', () => {
  it('compares with nothing where gitleaks is missing', () => {
    expect(goalsOf({ gitleaksRecall: null, gitleaksFalseAlarms: null })).toMatchObject({
      gitleaksRecall: {},
      gitleaksFalseAlarms: {},
    });
  });

  it('rounds a recall down', () => {
    expect(shareOf([true, true, false])).toBe(0.6666);
    expect(shareOf([])).toBeNull();
  });

  it('counts a plant as found only by a finding on its lines', () => {
    const { text, from, to } = plantedIn('a\nb', 'x\ny', () => 0.5);
    expect([text, from, to]).toEqual(['a\nx\ny\nb', 2, 3]);
    const plants = [{ path: 'a', from, to }];
    expect(foundPlants(plants, [{ path: 'a', from: 3, to: 3 }])).toEqual([true]);
    expect(foundPlants(plants, [{ path: 'a', from: 4, to: 4 }])).toEqual([false]);
    expect(foundPlants(plants, [{ path: 'b', from: 2, to: 2 }])).toEqual([false]);
  });
});
