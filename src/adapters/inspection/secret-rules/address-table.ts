import type { TokenRow } from './rule';

/** An id in five groups, with any letters. */
const WIDE = '{low:8}-{low:4}-{low:4}-{low:4}-{low:12}';

/** Addresses that whoever knows them may use: knowing them is the secret. */
export const ADDRESS_ROWS: readonly TokenRow[] = [
  [
    'slack-webhook',
    'high',
    'The address of a Slack webhook',
    [
      'hooks.slack.com/services/{path:43-100}',
      'hooks.slack.com/workflows/{path:43-100}',
      'hooks.slack.com/triggers/{path:43-100}',
    ],
  ],
  [
    'teams-webhook',
    'high',
    'The address of a Microsoft Teams webhook',
    [`.webhook.office.com/webhookb2/${WIDE}@${WIDE}/IncomingWebhook/{low:32}/${WIDE}`],
  ],
  [
    'discord-webhook',
    'high',
    'The address of a Discord webhook',
    [
      'discord.com/api/webhooks/{digit:17-20}/{dash:60-80}',
      'discordapp.com/api/webhooks/{digit:17-20}/{dash:60-80}',
    ],
  ],
  [
    'sidekiq-address',
    'high',
    'Credentials of Sidekiq in an address',
    ['{hex:8}:{hex:8}@gems.contribsys.com', '{hex:8}:{hex:8}@enterprise.contribsys.com'],
  ],
];
