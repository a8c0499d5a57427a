import { markup, type Markup } from '../../page/markup';
import type { Backdrop } from './backdrop';
import type { Chart, ChartLimit, ChartLine, Point } from './chart';
import { drawLimits } from './draw-limits';
import { at, drawBackdrop, drawMarks, PLOT, type PlotArea } from './plot';
import { roundScale, type Ends, type Scale } from './scale';
import { timeScale } from './time-scale';
import { valueWords } from './value-words';

const HEIGHT = 222;

/** One metric over time as SVG that says the same without sight: title, description, and a table beside it. */
export function drawChart(chart: Chart, backdrop: Backdrop): Markup {
  const time = timeScale(backdrop.range, [PLOT.left, PLOT.right]);
  const area: PlotArea = { time, top: PLOT.top, bottom: HEIGHT - PLOT.foot };
  const scale = roundScale(endsOf(chart), [area.bottom, area.top]);
  return markup`<svg class="plot" viewBox="0 0 ${PLOT.width} ${HEIGHT}" role="img" aria-labelledby="${chart.id}-name ${chart.id}-desc">
<title id="${chart.id}-name">${chart.title}</title><desc id="${chart.id}-desc">${describe(chart)}</desc>
${drawBackdrop(backdrop, area)}
<g class="grid">${scale.marks.map((mark) => {
    const y = at(scale.place(mark));
    return markup`<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/><text x="${PLOT.left - 8}" y="${at(scale.place(mark) + 4)}">${valueWords(mark, chart.unit)}</text>`;
  })}</g>
${chart.lines.map((line) => drawLine(line, { ...area, scale }))}
${drawLimits(chart, { ...area, scale })}
${drawMarks(backdrop, area)}</svg>`;
}

/** How far beyond the values a limit may lie and still be drawn to scale. */
const MOST_ROOM = 3;

function endsOf({ lines, limits, unit, id }: Chart): Ends {
  const values = lines.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const low = Math.min(0, ...values);
  const high = Math.max(...values, unit === 'percent' ? 0.1 : low);
  if (id === 'availability')
    return { lowest: Math.min(...levels(limits), ...values, 99), highest: 100 };
  const near = levels(limits).filter((level) => level <= Math.max(high * MOST_ROOM, low));
  return { lowest: Math.min(low, ...near), highest: Math.max(high, ...near) * 1.04 };
}

function levels(limits: readonly ChartLimit[]): readonly number[] {
  return limits.flatMap(({ at: place }) => (place.kind === 'level' ? [place.value] : []));
}

/** Words for whoever cannot see the lines. */
function describe({ meaning, lines, unit }: Chart): string {
  const seen = lines.map(({ name, points }) => {
    const values = points.flatMap(({ value }) => value ?? []);
    if (values.length === 0) return `${name}: nothing was counted`;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return `${name}: ${valueWords(low, unit)} to ${valueWords(high, unit)}`;
  });
  return [meaning, `${seen.join('; ')}.`].join(' ');
}

interface LineArea extends PlotArea {
  readonly scale: Scale;
}

/** Broken where nothing was counted; a point without neighbours is a dot. */
function drawLine({ name, points }: ChartLine, { time, scale }: LineArea): Markup {
  const runs = unbroken(points);
  const place = ({ atMs, value }: Seen): string =>
    `${at(time.place(atMs))} ${at(scale.place(value))}`;
  const [lines, dots] = [
    runs.filter((run) => run.length > 1),
    runs.filter((run) => run.length === 1).flat(),
  ];
  return markup`<g class="line ${name.replace(' ', '-')}">${
    lines.length === 0
      ? null
      : markup`<path d="${lines.map((run) => `M${run.map(place).join('L')}`).join('')}"/>`
  }${dots.map((dot) => markup`<circle cx="${at(time.place(dot.atMs))}" cy="${at(scale.place(dot.value))}" r="2.2"/>`)}</g>`;
}

interface Seen {
  readonly atMs: number;
  readonly value: number;
}

/** A stretch without points is as broken as one in which nothing was counted. */
function unbroken(points: readonly Point[]): readonly (readonly Seen[])[] {
  const stepMs = Math.min(
    ...points.slice(1).map((point, index) => point.atMs - (points[index]?.atMs ?? 0)),
  );
  const runs: Seen[][] = [];
  let beforeMs = -Infinity;
  for (const { atMs, value } of points) {
    if (value === null) {
      beforeMs = -Infinity;
      continue;
    }
    if (atMs - beforeMs > stepMs * 1.5) runs.push([]);
    runs.at(-1)?.push({ atMs, value });
    beforeMs = atMs;
  }
  return runs;
}
