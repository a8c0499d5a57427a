import { activeOf } from './active-findings';
import type { Finding } from './finding';
import { compareText } from './order-findings';
import { safeText } from './safe-text';
import { worstSeverity, type FindingSeverity } from './severity';
import type { Recommendation } from './verification';

const MOST = 20;

/** One critical finding outweighs any number of medium ones that a person would count. */
const WEIGHTS: Readonly<Record<FindingSeverity, number>> = {
  critical: 1_000,
  high: 100,
  medium: 10,
  low: 1,
  info: 0,
};

/** What to change, the change first that removes most, weighted by severity. */
export function recommendFixes(findings: readonly Finding[]): readonly Recommendation[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of activeOf(findings)) {
    const key = finding.fix?.key;
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups]
    .map(([key, group]) => ({ key, weight: weightOf(group), group }))
    .sort((one, other) => other.weight - one.weight || compareText(one.key, other.key))
    .slice(0, MOST)
    .map(({ group }) => recommendation(group));
}

function weightOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);
}

function recommendation(group: readonly Finding[]): Recommendation {
  return {
    sentence: safeText(group[0]?.fix?.sentence ?? '', 300),
    removes: group.length,
    severity: worstSeverity(group.map(({ severity }) => severity)) ?? 'info',
    fingerprints: group.map(({ fingerprint }) => fingerprint),
  };
}
