import { compareSeverity, type FindingSeverity } from '../severity';
import { sarifLevel, securitySeverity } from './level';
import type { SarifRule } from './log';
import { sarifText } from './text';

/** What a run's rules are made from: a finding, or a validator's problem. */
export interface RuleSighting {
  readonly ruleId: string;
  readonly severity: FindingSeverity;
  readonly title: string;
  readonly help: string | null;
  readonly cvss: number | null;
}

/** One rule for each id, in the order of its first sighting, as severe as the worst of them. */
export function sarifRules(
  sightings: readonly RuleSighting[],
  tags: readonly string[],
): readonly SarifRule[] {
  const worst = new Map<string, RuleSighting>();
  for (const sighting of sightings) {
    const known = worst.get(sighting.ruleId);
    if (known === undefined || isWorse(sighting, known)) worst.set(sighting.ruleId, sighting);
  }
  return [...worst.values()].map((sighting) => sarifRule(sighting, tags));
}

function isWorse(one: RuleSighting, other: RuleSighting): boolean {
  const order = compareSeverity(one.severity, other.severity);
  return order < 0 || (order === 0 && (one.cvss ?? 0) > (other.cvss ?? 0));
}

function sarifRule(
  { ruleId, severity, title, help, cvss }: RuleSighting,
  tags: readonly string[],
): SarifRule {
  return {
    id: ruleId,
    shortDescription: sarifText(title),
    // GitHub wants all three.
    fullDescription: sarifText(title),
    help: sarifText(help ?? title),
    defaultConfiguration: { level: sarifLevel(severity) },
    properties: { tags, 'security-severity': securitySeverity(severity, cvss) },
  };
}
