import { z } from 'zod';
import { NOTIFICATION_KINDS } from '../../domain/monitoring/notification';
import { address, secretName } from './address';
import type { Mistake } from './words';

const FORMS = ['console', 'webhook', 'slack'] as const;

/** The address itself is the secret: only its name may stand in a file. */
const slack = z.union([
  z.strictObject({ urlSecret: secretName }),
  z.string().transform((_address, context): never => {
    context.addIssue({ code: 'custom', ...SLACK_ADDRESS });
    return z.NEVER;
  }),
]);

const webhook = address({ query: true, secretKey: 'signingSecret' }).superRefine(
  (text, context) => {
    if (/^https?:\/\/hooks\.slack\.com(\/|$)/i.test(text)) {
      context.addIssue({ code: 'custom', ...SLACK_ADDRESS });
    }
  },
);

const channel = z
  .strictObject({
    console: z.literal(true).optional(),
    webhook: webhook.optional(),
    slack: slack.optional(),
    signingSecret: secretName.optional(),
    on: z.array(z.enum(NOTIFICATION_KINDS)).min(1).optional(),
  })
  .superRefine((block, context) => {
    for (const issue of channelIssues(block)) context.addIssue({ code: 'custom', ...issue });
  });

export const notifications = z.array(channel).max(20);

export type ChannelBlock = z.infer<typeof channel>;

type Forms = Readonly<Partial<Record<(typeof FORMS)[number] | 'signingSecret', unknown>>>;

function channelIssues(block: Forms): readonly (Mistake & { readonly path: string[] })[] {
  const [first, second] = FORMS.filter((form) => block[form] !== undefined);
  if (first === undefined) return [{ ...NOTHING, path: [] }];
  if (second !== undefined) return [{ ...both(first, second), path: [second] }];
  if (first === 'webhook' || block.signingSecret === undefined) return [];
  return [{ ...UNSIGNED, path: ['signingSecret'] }];
}

const NOTHING: Mistake = {
  message: 'does not say where to',
  params: { suggestion: `Write one of ${FORMS.map((form) => `\`${form}\``).join(', ')}.` },
};

function both(first: string, second: string): Mistake {
  return {
    message: `stands beside \`${first}\` in one entry`,
    params: { suggestion: `Give \`${second}\` an entry of its own.` },
  };
}

const UNSIGNED: Mistake = {
  message: 'is about a `webhook`: nothing else is signed',
  params: { suggestion: 'Remove it.' },
};

const SLACK_ADDRESS: Mistake = {
  message: 'is the address of a Slack hook, and whoever has it can write there: it is a secret',
  params: {
    suggestion:
      'Write `slack: { urlSecret: NAME }`, and put the address into the file `secrets/NAME` of the home (mode 0600).',
  },
};
