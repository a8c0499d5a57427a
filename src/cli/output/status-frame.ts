import { endingLines, nextLines } from './live/ending-lines';
import { headingLines } from './live/heading';
import { metricLines } from './live/metric-lines';
import { monitorLines } from './live/monitor-lines';
import { outlookLines } from './live/outlook-lines';
import { performanceLines } from './live/performance-lines';
import { phaseLines } from './live/phase-lines';
import type { ShownView } from './live/shown-view';
import { trafficLines } from './live/traffic-bar';
import { verdictText } from './live/watch-lines';
import { wordLines } from './live/word-lines';
import { plain, wrap, type Style } from './style';

export type { ShownView } from './live/shown-view';

/** The whole of one deployment, as people read it; the same with and without `--watch`. Pure: time comes as `nowMs`. */
export function statusFrame(view: ShownView, style: Style, nowMs: number): readonly string[] {
  const { status } = view;
  return [
    ...headingLines(view, style, nowMs),
    '',
    ...phaseLines(view, style, nowMs),
    ...seenBetweenWatches(view, style),
    '',
    ...performanceLines(status.performance, style),
    ...trafficLines(status, style),
    ...outlookLines(status, nowMs),
    ...(status.cause === null ? [] : [` why       ${plain(status.cause)}`]),
    ...endingLines(view, style),
    ...wordLines(view, style, nowMs),
    ...nextLines(view, style),
  ]
    .map((line) => (style.unicode ? line : inAscii(line)))
    .flatMap((line) => wrap(line, style.columns));
}

/** What was seen last, where no watch is in progress that shows it. */
function seenBetweenWatches({ status, values }: ShownView, style: Style): readonly string[] {
  const { outcome, session, step, steps, verdict } = status;
  const isWatching = steps.some(
    ({ id, kind, state }) => id === step && kind === 'bake' && state === 'doing',
  );
  if (outcome !== null || isWatching) return [];
  return [
    ...(verdict === null
      ? []
      : [
          ` verdict   ${verdictText(verdict, style)}`,
          ...metricLines(verdict.evidence, values, style),
        ]),
    ...(session === null ? [] : monitorLines(session, style)),
  ];
}

/** The signs of our own that are none of ASCII. */
function inAscii(line: string): string {
  return line.replaceAll('→', '->').replaceAll('·', '|');
}
