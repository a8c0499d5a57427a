import { sentenceOfEnd, type LineEnd } from '../../domain/line/line-end';
import type { LinePlace, LineView } from '../../domain/line/line-view';
import type { PastEntry } from '../../domain/line/line';
import { iso } from './durations';

/** One environment of `belay line --output json`. */
export function lineJson({ service, environment, waiting, past }: LineView): object {
  return { service, environment, waiting: waiting.map(placeJson), past: past.map(pastJson) };
}

/** One that waits, as `line` and `status` show it. */
export function placeJson(place: LinePlace): object {
  return {
    deployment: place.deploymentId,
    place: place.place,
    kind: place.kind,
    initiator: place.initiator,
    reason: place.reason,
    joinedAt: iso(place.joinedAtMs),
    until: iso(place.deadlineMs),
  };
}

/** What became of one that waited. */
export function endJson(end: LineEnd): object {
  return { end: end.kind, sentence: sentenceOfEnd(end) };
}

function pastJson({
  deploymentId,
  kind,
  initiator,
  joinedAtMs,
  endedAtMs,
  end,
}: PastEntry): object {
  return {
    deployment: deploymentId,
    kind,
    initiator,
    joinedAt: iso(joinedAtMs),
    endedAt: iso(endedAtMs),
    ...endJson(end),
  };
}
