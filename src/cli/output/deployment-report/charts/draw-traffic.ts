import type { Window } from '../../../../domain/analysis/window';
import type { DeploymentStatus } from '../../../../domain/status';
import { markup, type Markup } from '../../page/markup';
import type { Backdrop } from './backdrop';
import type { TimeRange } from './chart';
import { at, drawBackdrop, drawMarks, PLOT, type PlotArea } from './plot';
import type { StepBand } from './step-bands';
import { timeScale } from './time-scale';

const HEIGHT = 162;

/** The candidate's share of the traffic over time. */
export interface WeightSpan extends TimeRange {
  readonly percent: number;
}

/** As the windows say, what neighbours share as one span; where there is no window, as the steps say. */
export function weightSpans(
  windows: readonly Window[],
  bands: readonly StepBand[],
): readonly WeightSpan[] {
  if (windows.length === 0) {
    return bands.map(({ fromMs, toMs, weight }) => ({ fromMs, toMs, percent: weight ?? 0 }));
  }
  const spans: { fromMs: number; toMs: number; percent: number }[] = [];
  for (const { fromMs, intervalMs, candidateWeight } of windows) {
    const last = spans.at(-1);
    if (last?.percent === candidateWeight && last.toMs >= fromMs - intervalMs) {
      last.toMs = fromMs + intervalMs;
    } else {
      spans.push({ fromMs, toMs: fromMs + intervalMs, percent: candidateWeight });
    }
  }
  return spans;
}

export interface CommandedWeight {
  readonly atMs: number;
  readonly percent: number;
}

/** When the router was told which share; the way back is told none. */
export function commandedWeights({
  steps,
  safeAtMs,
}: DeploymentStatus): readonly CommandedWeight[] {
  const shifts = steps.flatMap(({ kind, candidateWeight, startedAtMs, endedAtMs }) => {
    const atMs = endedAtMs ?? startedAtMs;
    if (kind !== 'shift' || candidateWeight === null || atMs === null) return [];
    return [{ atMs, percent: candidateWeight }];
  });
  const back = safeAtMs === null ? [] : [{ atMs: safeAtMs, percent: 0 }];
  return [...shifts, ...back].sort((a, b) => a.atMs - b.atMs);
}

export interface Traffic {
  readonly observed: readonly WeightSpan[];
  readonly commanded: readonly CommandedWeight[];
}

export function drawTraffic({ observed, commanded }: Traffic, backdrop: Backdrop): Markup {
  const time = timeScale(backdrop.range, [PLOT.left, PLOT.right]);
  const area: PlotArea = { time, top: PLOT.top, bottom: HEIGHT - PLOT.foot };
  const height = area.bottom - area.top;
  const y = (percent: number): number => area.bottom - (percent / 100) * height;
  const steps = commanded.map(({ atMs, percent }) => `H${at(time.place(atMs))}V${at(y(percent))}`);
  return markup`<svg class="plot traffic" viewBox="0 0 ${PLOT.width} ${HEIGHT}" role="img" aria-labelledby="traffic-name traffic-desc">
<title id="traffic-name">Traffic</title><desc id="traffic-desc">${describe(observed)}</desc>
${drawBackdrop(backdrop, area)}
<g class="grid">${[0, 50, 100].map((percent) => markup`<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${at(y(percent))}" y2="${at(y(percent))}"/><text x="${PLOT.left - 8}" y="${at(y(percent) + 4)}">${percent} %</text>`)}</g>
<g class="weight">${observed.map(({ fromMs, toMs, percent }) => markup`<rect x="${at(time.place(fromMs))}" y="${at(y(percent))}" width="${at(Math.max(0.5, time.place(toMs) - time.place(fromMs)))}" height="${at(area.bottom - y(percent))}"><title>${percent} %</title></rect>`)}
${steps.length === 0 ? null : markup`<path d="M${PLOT.left} ${at(area.bottom)}${steps.join('')}H${PLOT.right}"/>`}</g>
${drawMarks(backdrop, area)}</svg>`;
}

function describe(spans: readonly WeightSpan[]): string {
  if (spans.length === 0) return 'No weight is recorded.';
  const weights = spans.map(({ percent }) => percent);
  const steps = weights.filter((percent, index) => percent !== weights[index - 1]);
  const shown = steps.slice(0, 30).map((percent) => `${percent} %`);
  return `The candidate's share of the traffic, one after the other: ${shown.join(', ')}.`;
}
