import type { PastEntry } from '../../domain/line/line';
import { sentenceOfEnd } from '../../domain/line/line-end';
import type { LinePlace, LineView } from '../../domain/line/line-view';

const MOST_PAST_LINES = 10;
const MOST_CHARACTERS = 8_000;

/** What Temporal Web shows of the line, in Markdown: who waits, and what became of the last ones. */
export function lineDetails(view: LineView, unreadable: number): string {
  const { service, environment, waiting, past } = view;
  const head = `**${service} → ${environment}**: ${waiting.length} waiting`;
  const lines = [
    head,
    ...waiting.map(waitingLine),
    ...past.slice(-MOST_PAST_LINES).reverse().map(pastLine),
    ...(unreadable === 0 ? [] : [`- ⚠ ${unreadable} signals could not be read`]),
  ];
  return lines.join('\n').slice(0, MOST_CHARACTERS);
}

function waitingLine({ place, deploymentId, kind, initiator, deadlineMs }: LinePlace): string {
  const until = new Date(deadlineMs).toISOString();
  return `${place}. \`${deploymentId}\` (${kind}) by ${initiator}, until ${until}`;
}

function pastLine({ deploymentId, end }: PastEntry): string {
  return `- \`${deploymentId}\` **${end.kind}**: ${sentenceOfEnd(end)}`;
}
