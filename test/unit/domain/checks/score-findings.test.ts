import { scoreFindings } from '../../../../src/domain/checks/score-findings';
import type { FindingSeverity } from '../../../../src/domain/checks/severity';
import { finding } from '../support/checks';

const scored = (...severities: readonly FindingSeverity[]): number =>
  scoreFindings(severities.map((severity) => finding({ severity })));

test.each([
  [[], 100],
  [['info', 'info'], 100],
  [['low'], 95],
  [['low', 'low', 'low'], 93],
  [['medium'], 80],
  [['medium', 'low'], 79],
  [['high'], 60],
  [['high', 'high', 'medium', 'low'], 54],
  [['critical'], 40],
  [['critical', 'critical', 'high'], 32],
  [Array<FindingSeverity>(50).fill('critical'), 5],
] as const)('%j scores %d', (severities, score) => {
  expect(scored(...severities)).toBe(score);
});

test('what is set aside takes nothing', () => {
  expect(scoreFindings([finding({ state: 'suppressed' })])).toBe(100);
});
