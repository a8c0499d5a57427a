import { markup, type Markup } from '../../page/markup';
import type { Chart, ChartLimit, Point } from './chart';
import { at, PLOT, type PlotArea } from './plot';
import type { Scale } from './scale';

interface LimitArea extends PlotArea {
  readonly scale: Scale;
}

/** Each limit with its label; one far beyond the values is named at the edge, with an arrow. */
export function drawLimits({ limits }: Chart, area: LimitArea): Markup {
  const beyond = limits.filter((limit) => isBeyond(limit, area.scale));
  return markup`<g class="limits">${limits.map((limit) => drawLimit(limit, area, beyond.indexOf(limit)))}</g>`;
}

function isBeyond({ at: place }: ChartLimit, { lowest, highest }: Scale): boolean {
  return place.kind === 'level' && (place.value > highest || place.value < lowest);
}

function drawLimit(limit: ChartLimit, area: LimitArea, beyondAs: number): Markup {
  const { label, kind, at: place } = limit;
  if (place.kind === 'curve') return drawCurve(limit, place.points, area);
  if (beyondAs >= 0) {
    const above = place.value > area.scale.highest;
    const y = above ? area.top + 12 + 14 * beyondAs : area.bottom - 6 - 14 * beyondAs;
    return markup`<g class="limit ${kind}"><text x="${PLOT.left + 6}" y="${y}">${above ? '↑' : '↓'} ${label}</text></g>`;
  }
  const y = area.scale.place(place.value);
  const text = y - area.top < 16 ? y + 13 : y - 4;
  return markup`<g class="limit ${kind}"><line x1="${PLOT.left}" x2="${PLOT.right}" y1="${at(y)}" y2="${at(y)}"/><text x="${PLOT.left + 6}" y="${at(text)}">${label}</text></g>`;
}

function drawCurve(
  { label, kind }: ChartLimit,
  points: readonly Point[],
  { time, scale, top }: LimitArea,
): Markup {
  const seen = points.flatMap(({ atMs, value }) => (value === null ? [] : [{ atMs, value }]));
  const [first] = seen;
  if (first === undefined)
    return markup`<g class="limit ${kind}"><text x="${PLOT.left + 6}" y="${top + 12}">${label}</text></g>`;
  const path = seen.map(({ atMs, value }) => `${at(time.place(atMs))} ${at(scale.place(value))}`);
  return markup`<g class="limit ${kind}"><path d="M${path.join('L')}"/><text x="${PLOT.left + 6}" y="${at(scale.place(first.value) + 13)}">${label}</text></g>`;
}
