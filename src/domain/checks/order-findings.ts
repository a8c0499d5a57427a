import { canonicalJson } from '../canonical-json';
import { SCANNERS } from './catalog';
import type { Finding } from './finding';
import { compareSeverity } from './severity';

/** Worst first; the rest of the order only makes it the same for the same findings, however they came. */
export function orderFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => {
    for (const compare of ORDER) {
      const order = compare(one, other);
      if (order !== 0) return order;
    }
    return 0;
  });
}

type Comparison = (one: Finding, other: Finding) => number;

const ORDER: readonly Comparison[] = [
  (one, other) => compareSeverity(one.severity, other.severity),
  (one, other) => SCANNERS.indexOf(one.scanner) - SCANNERS.indexOf(other.scanner),
  byText(({ location }) => location?.path ?? ''),
  (one, other) => (one.location?.line ?? 0) - (other.location?.line ?? 0),
  byText(({ ruleId }) => ruleId),
  byText(({ fingerprint }) => fingerprint),
  byText(canonicalJson),
];

function byText(textOf: (finding: Finding) => string): Comparison {
  return (one, other) => compareText(textOf(one), textOf(other));
}

/** By code unit: the same on every machine. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
