import { z } from 'zod';
import { FINDING_SEVERITIES } from '../../domain/checks/severity';
import { suppressions } from './suppressions';
import { tools } from './tools';
import { text, type Mistake } from './words';

/** Up to three months, for machines that get their advisories by hand. */
const advisoryAge = z.number().positive().max(7_776_000);

const advisories = text.superRefine((source, context) => {
  if (!source.includes('://')) return;
  const issue = addressIssue(source);
  if (issue !== null) context.addIssue({ code: 'custom', ...issue });
});

const licences = z
  .strictObject({ allow: z.array(text).optional(), deny: z.array(text).optional() })
  .superRefine(({ allow = [], deny = [] }, context) => {
    deny.forEach((licence, index) => {
      if (!allow.includes(licence)) return;
      context.addIssue({
        code: 'custom',
        path: ['deny', index],
        message: `denies \`${licence}\`, which \`allow\` names`,
        params: { suggestion: 'Keep it in one of the two.' },
      });
    });
  });

const HOST = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?$/;
const host = text.superRefine((value, context) => {
  if (HOST.test(value)) return;
  const [, meant] = /^[a-z]{1,10}:\/\/([a-z0-9.-]{1,253}(?::\d{1,5})?)(?:\/|$)/i.exec(value) ?? [];
  context.addIssue({
    code: 'custom',
    message: 'must be the name of a host, in small letters and without a path',
    params: meant === undefined ? {} : { suggestion: `Write \`${meant.toLowerCase()}\`.` },
  });
});

const severities = z.record(text, z.enum(FINDING_SEVERITIES)).superRefine((rules, context) => {
  for (const rule of Object.keys(rules)) {
    if (!rule.startsWith('scan-incomplete/')) continue;
    context.addIssue({
      code: 'custom',
      path: [rule],
      message: 'is always critical: a scan that did not look at everything proves nothing',
      params: { suggestion: 'Remove the reason why it is incomplete.' },
    });
  }
});

/** The specification's four switches, and what the scanners are to know. */
export const securityBlock = z.strictObject({
  vulnerabilityScanning: z.boolean().optional(),
  secretDetection: z.boolean().optional(),
  complianceChecks: z.boolean().optional(),
  containerScanning: z.boolean().optional(),
  advisories: advisories.optional(),
  advisoriesMaxAge: advisoryAge.optional(),
  licences: licences.optional(),
  installScripts: z.strictObject({ allow: z.array(text).optional() }).optional(),
  registries: z.array(host).optional(),
  severities: severities.optional(),
  suppressions: suppressions.optional(),
  tools: tools.optional(),
});

export type SecurityBlock = z.infer<typeof securityBlock>;

const ADDRESS = /^https?:\/\/([^/@\s]*@)?[^/@\s]+(?:\/\S*)?$/;

function addressIssue(source: string): Mistake | null {
  const found = ADDRESS.exec(source);
  if (found === null) {
    return { message: 'must be an address with `https://` or `http://`, or the path of a file' };
  }
  if (found[1] === undefined) return null;
  return {
    message: 'holds a name or a password, and reports name the source',
    params: { suggestion: 'Remove what stands before the `@`.' },
  };
}
