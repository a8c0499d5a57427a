import type { Suppression, SuppressionMatch } from '../domain/checks/policy';
import { dayMs } from './days';
import type { SuppressionBlock } from './schema/suppressions';

/** Each entry with the place that notices name; a day means its start in UTC. */
export function readSuppressions(blocks: readonly SuppressionBlock[]): readonly Suppression[] {
  return blocks.map((block, index) => ({
    match: matchOf(block),
    reason: block.reason,
    statement: block.statement,
    approvedBy: block.approvedBy,
    createdAtMs: block.created === undefined ? null : dayMs(block.created),
    expiresAtMs: dayMs(block.expires) ?? 0,
    ticket: block.ticket ?? null,
    place: `security.suppressions[${index}]`,
  }));
}

function matchOf(block: SuppressionBlock): SuppressionMatch {
  const { fingerprint, rule, path = '', advisory = '', component = '' } = block;
  if (fingerprint !== undefined) return { kind: 'fingerprint', fingerprint };
  if (rule !== undefined) return { kind: 'rule', ruleId: rule, path };
  return { kind: 'advisory', advisory, component };
}
