import type { Notification } from '../../../domain/monitoring/notification';

/** The format of Slack's incoming webhooks, which others understand, too. */
export interface SlackMessage {
  readonly text: string;
}

/** Slack cuts a text at 40 000 characters; nobody reads a tenth of that. */
const LONGEST_TEXT = 3_000;

export function slackMessageOf(notification: Notification): SlackMessage {
  const { deployment, environment, kind, next, sentence, service, severity } = notification;
  const head = `*${escaped(service)} → ${escaped(environment)}: ${kind}* (${severity})`;
  const lines = [head, escaped(sentence), ...(next === null ? [] : [`next: ${code(next)}`])];
  return { text: cut([...lines, code(deployment)].join('\n')) };
}

/** The three characters that Slack gives a meaning; nobody can be called by `<!channel>` from a cause. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function code(text: string): string {
  return `\`${escaped(text).replaceAll('`', "'")}\``;
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…`;
}
