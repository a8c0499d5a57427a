import type { Finding } from './finding';

/** What counts. */
export function activeOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ state }) => state === 'active');
}
