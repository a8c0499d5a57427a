import { z } from 'zod';
import { SUPPRESSION_REASONS, type SuppressionReason } from '../../domain/checks/finding';
import { isRealDay } from '../days';
import { glob } from './glob';
import { text, type Mistake } from './words';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as `2026-12-31`')
  .refine(isRealDay, 'is no day of the calendar');

const FORMS = '`fingerprint`, or `rule` and `path`, or `advisory` and `component`';

/** One finding, or one kind of finding in some files, set aside until a day. */
const suppression = z
  .strictObject({
    fingerprint: z
      .string()
      .regex(/^v1:[0-9a-f]{32}$/, 'must be a fingerprint as reports show it: `v1:` and 32 digits')
      .optional(),
    rule: text.optional(),
    path: glob.optional(),
    advisory: text.optional(),
    component: text.optional(),
    reason: z.enum(SUPPRESSION_REASONS),
    statement: text,
    approvedBy: text,
    created: day.optional(),
    expires: day,
    ticket: text.optional(),
  })
  .superRefine((entry, context) => {
    for (const { path = [], ...issue } of [...formIssues(entry), ...secretIssues(entry)]) {
      context.addIssue({ code: 'custom', path, ...issue });
    }
  });

export const suppressions = z.array(suppression);

export type SuppressionBlock = z.infer<typeof suppression>;

type Placed = Mistake & { readonly path?: string[] };

interface Form {
  readonly fingerprint?: string | undefined;
  readonly rule?: string | undefined;
  readonly path?: string | undefined;
  readonly advisory?: string | undefined;
  readonly component?: string | undefined;
}

function formIssues({ fingerprint, rule, path, advisory, component }: Form): readonly Placed[] {
  const given = [fingerprint, rule ?? path, advisory ?? component].filter(
    (part) => part !== undefined,
  );
  if (given.length !== 1) {
    const what = given.length === 0 ? 'does not say what it sets aside' : 'says it in two ways';
    return [{ message: what, params: { suggestion: `Write one of: ${FORMS}.` } }];
  }
  const halves: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['path', rule, path],
    ['rule', path, rule],
    ['component', advisory, component],
    ['advisory', component, advisory],
  ];
  return halves
    .filter(([, one, other]) => one !== undefined && other === undefined)
    .map(([missing]) => ({
      message: `needs \`${missing}\` too: it would set aside more than anybody looked at`,
      params: { suggestion: `Write one of: ${FORMS}.` },
    }));
}

function secretIssues({
  rule,
  reason,
}: Form & { readonly reason: SuppressionReason }): readonly Placed[] {
  if (rule?.startsWith('scan-incomplete/') === true) {
    return [
      { message: 'names a scan that is incomplete, which cannot be suppressed', path: ['rule'] },
    ];
  }
  if (rule?.startsWith('secrets/') !== true) return [];
  if (reason === 'false-positive' || reason === 'revoked') return [];
  return [
    {
      message: `is \`${reason}\`, and a secret that is real can only be revoked`,
      params: { suggestion: 'Write `revoked` once it is, or `false-positive` if it is none.' },
      path: ['reason'],
    },
  ];
}
