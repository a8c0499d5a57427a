import type { SecretRules } from './secret-rules';

/** Known-bad texts, one for each class of rules. They stand in no file: they are put together here, at run time. */
const varied = 'q7Zr2Xw9Kd4Mv8Tb3Np6Lc5Hj1Fy0Gs7';

const PROBES: readonly (readonly [ruleId: string, source: string, text: string])[] = [
  ['secrets/github-token', 'secretlint', `a = "${['ghp', `${varied}a1b2`].join('_')}"`],
  ['secrets/pulumi-token', 'belay', `a = "${['pul', '4f9a1c7be2'.repeat(4)].join('-')}"`],
  ['secrets/codecov-token', 'belay', `${['codecov', 'token'].join('_')} = "${varied}"`],
  [
    'secrets/private-key',
    'belay',
    `${['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ')}\n${varied.repeat(3)}\n`,
  ],
  ['secrets/generic-key', 'belay', `${['some', 'secret'].join('_')} = "${varied}"`],
];

/** Whether every class of rules finds what it is known to find; a scan without that is no scan. */
export async function findsProbes(rules: SecretRules): Promise<boolean> {
  for (const [ruleId, source, text] of PROBES) {
    const findings = await rules('probe.txt', `${text}\n`);
    const isFound = findings.some(
      (finding) => finding.ruleId === ruleId && finding.sources.includes(source),
    );
    if (!isFound) return false;
  }
  return true;
}
