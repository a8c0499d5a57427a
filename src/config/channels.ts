import { NOTIFICATION_KINDS, type NotificationChannel } from '../domain/monitoring/notification';
import { DEFAULT_MONITORING } from '../domain/monitoring/policy';
import type { ChannelBlock } from './schema/notifications';

/** Who is told; without the block the worker's log. */
export function readChannels(
  blocks: readonly ChannelBlock[] | undefined,
): readonly NotificationChannel[] {
  return blocks === undefined ? DEFAULT_MONITORING.channels : blocks.map(readChannel);
}

function readChannel(block: ChannelBlock): NotificationChannel {
  const { webhook, slack, signingSecret = null } = block;
  const on = NOTIFICATION_KINDS.filter((kind) => block.on === undefined || block.on.includes(kind));
  if (webhook !== undefined) return { kind: 'webhook', url: webhook, signingSecret, on };
  if (slack !== undefined) return { kind: 'slack', urlSecret: slack.urlSecret, on };
  return { kind: 'console', on };
}
