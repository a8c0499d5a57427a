import type { LinePosition } from '../../client/index';
import { serviceName } from '../../domain/deployment';
import { sentenceOfEnd } from '../../domain/line/line-end';
import type { LinePlace, LineView } from '../../domain/line/line-view';
import type { PastEntry } from '../../domain/line/line';
import { clock, iso } from './durations';
import { plain } from './style';

/** What a person reads whose deployment waits: `waiting in line: 1 ahead (shop-production-…, rollout)`. */
export function waitingText({ ahead, running, place }: LinePosition): string {
  if (running === null) return `waiting in line: ${ahead === 0 ? 'next' : `${ahead} ahead`}`;
  if (running.phase === 'warm' && place.place === 1) {
    return `${running.deployment} is live and makes way`;
  }
  return `waiting in line: ${ahead} ahead (${running.deployment}, ${running.phase})`;
}

/** The lines of `belay line`: who waits, in order, then what became of the last ones. */
export function lineText(view: LineView, nowMs: number): readonly string[] {
  const name = serviceName(view);
  const { waiting, past } = view;
  const head =
    waiting.length === 0 ? `${name}: nobody waits` : `${name}: ${waiting.length} waiting`;
  return [head, ...waiting.map((place) => ` ${placeText(place, nowMs)}`), ...past.map(pastText)];
}

/** One that waits: place, id, kind, who asked, how long it still waits. */
export function placeText(place: LinePlace, nowMs: number): string {
  const { deploymentId, kind, initiator, reason, deadlineMs } = place;
  const why = reason === null ? '' : `: ${plain(reason)}`;
  const left = clock(deadlineMs - nowMs);
  return `${place.place}. ${deploymentId} (${kind}) by ${plain(initiator)}${why}, ${left} left`;
}

function pastText({ deploymentId, end, endedAtMs }: PastEntry): string {
  return `    ${iso(endedAtMs) ?? ''} ${deploymentId}: ${plain(sentenceOfEnd(end))}`;
}
