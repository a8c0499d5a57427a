import { recommendFixes } from '../../../../src/domain/checks/recommend-fixes';
import { advisory, finding } from '../support/checks';

const upgrade = (name: string) => ({ key: `upgrade:${name}`, sentence: `Upgrade ${name}.` });

test('the change that removes most comes first, weighted by severity', () => {
  const found = [
    ...['1', '2', '3'].map((id) =>
      advisory(`CVE-1-${id}`, { severity: 'medium', fix: upgrade('a') }),
    ),
    advisory('CVE-2-1', { severity: 'high', fix: upgrade('b') }),
    advisory('CVE-3-1', { severity: 'low', fix: upgrade('c') }),
    advisory('CVE-3-2', { severity: 'critical', fix: upgrade('c') }),
    finding({ fix: null }),
    finding({ state: 'suppressed', fix: upgrade('d') }),
  ];
  expect(
    recommendFixes(found).map(({ sentence, removes, severity }) => [sentence, removes, severity]),
  ).toEqual([
    ['Upgrade c.', 2, 'critical'],
    ['Upgrade b.', 1, 'high'],
    ['Upgrade a.', 3, 'medium'],
  ]);
});

test('there are never more than twenty', () => {
  const found = Array.from({ length: 30 }, (_, index) =>
    advisory(`CVE-1-${index}`, { fix: upgrade(String(index)) }),
  );
  expect(recommendFixes(found)).toHaveLength(20);
});
