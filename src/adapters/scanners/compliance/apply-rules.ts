import type { Finding } from '../../../domain/checks/finding';
import { plainFingerprint } from '../../inspection/fingerprints';
import { isUnresolved } from '../../inspection/infrastructure/infrastructure-resource';
import type { Thing } from './model/thing';
import { ALL_RULES } from './rules/all-rules';
import type { Rule } from './rules/rule';

export interface Applied {
  readonly findings: readonly Finding[];
  /** Rules that could not be decided, because a value is only known later; by what they are about. */
  readonly undecided: ReadonlyMap<string, readonly string[]>;
}

/** Asks every rule about every thing of its kind. The same problem of the same resource is told once. */
export function applyRules(
  things: readonly Thing[],
  { production }: { readonly production: boolean },
): Applied {
  const findings = new Map<string, Finding>();
  const undecided = new Map<string, string[]>();
  for (const thing of things) {
    for (const rule of rulesAbout(thing)) {
      if (rule.productionOnly === true && !production) continue;
      const broken = rule.broken(thing);
      if (isUnresolved(broken)) {
        const target = `${thing.path} ${thing.address}`;
        undecided.set(target, [...(undecided.get(target) ?? []), rule.id]);
      } else if (broken) {
        const finding = findingOf(rule, thing);
        if (!findings.has(finding.fingerprint)) findings.set(finding.fingerprint, finding);
      }
    }
  }
  return { findings: [...findings.values()], undecided };
}

function rulesAbout(thing: Thing): readonly Rule[] {
  return ALL_RULES.filter(({ kind }) => kind === thing.kind);
}

function findingOf(rule: Rule, thing: Thing): Finding {
  const { path, line, address } = thing;
  return {
    scanner: 'compliance',
    ruleId: rule.id,
    severity: rule.severity,
    severityFrom: 'rule',
    title: typeof rule.title === 'string' ? rule.title : rule.title(thing),
    location: { path, line, resource: shown(address) },
    fingerprint: plainFingerprint(['infrastructure', rule.id, path, address]),
    state: 'active',
    suppression: null,
    aliases: [],
    component: null,
    fix: { key: `rule:${rule.id}`, sentence: rule.fix },
    cvss: null,
    sources: ['belay'],
  };
}

/** Names come from the files that are looked at. */
function shown(address: string): string {
  return address.replace(/[^\w .:[\]/-]/g, '').slice(0, 200);
}
