import type { Finding } from '../../../domain/checks/finding';
import { keyedFingerprint } from '../fingerprints';
import type { Hit } from './rule';
import type { TextWindow } from './text-window';

/** Findings of hits that are sorted by place; the same value twice in a window is one finding. */
export function findingsOfHits(
  hits: readonly Hit[],
  { path, window, key }: { path: string; window: TextWindow; key: Uint8Array },
): readonly Finding[] {
  const byFingerprint = new Map<string, Finding>();
  let line = window.linesBefore + 1;
  let at = 0;
  for (const hit of hits) {
    for (; at < hit.start; at += 1) if (window.text.charCodeAt(at) === LINE_END) line += 1;
    const value = window.text.slice(hit.start, hit.end);
    const fingerprint = secretFingerprint(key, path, value);
    if (!byFingerprint.has(fingerprint))
      byFingerprint.set(fingerprint, secretFinding(hit, { path, line, fingerprint }));
  }
  return [...byFingerprint.values()];
}

const LINE_END = 10;

export function secretFinding(
  { rule, sources }: Pick<Hit, 'rule' | 'sources'>,
  { path, line, fingerprint }: { path: string; line: number | null; fingerprint: string },
): Finding {
  const ruleId = `secrets/${rule.id}`;
  return {
    scanner: 'secrets',
    ruleId,
    severity: rule.severity,
    severityFrom: 'rule',
    title: `${rule.title}.`,
    location: { path, line, resource: null },
    fingerprint,
    state: 'active',
    suppression: null,
    aliases: [],
    component: null,
    fix: { key: `rotate:${ruleId}:${path}`, sentence: `Revoke it and remove it from ${path}.` },
    cvss: null,
    sources,
  };
}

/** The same for the same value in the same file, whatever its line, its line ends and the rule that found it. */
export function secretFingerprint(key: Uint8Array, path: string, value: string): string {
  return keyedFingerprint(key, ['secret', path, value.replace(/\\[nrt]|\s/g, '')]);
}
