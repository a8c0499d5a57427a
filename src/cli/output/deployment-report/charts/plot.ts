import { markup, type Markup } from '../../page/markup';
import { utcTime } from '../utc-time';
import type { Backdrop } from './backdrop';
import { drawableGaps } from './gaps';
import type { TimeScale } from './time-scale';

/** The drawing area of a chart, in the units of its view box. */
export const PLOT = { width: 1_000, left: 62, right: 988, top: 46, foot: 24 } as const;

export interface PlotArea {
  readonly time: TimeScale;
  readonly top: number;
  readonly bottom: number;
}

const LETTER = 6.4;

/** Steps with their names, gaps, and the marks of time: what lies behind the lines. */
export function drawBackdrop({ bands, gaps }: Backdrop, area: PlotArea): Markup {
  const { time, top, bottom } = area;
  return markup`<g class="bands">${bands.map((band, index) => {
    const [from, to] = [time.place(band.fromMs), time.place(band.toMs)];
    const fits = band.name.length * LETTER < to - from;
    return markup`<g><title>${band.id}: ${band.summary} (${utcTime(band.fromMs)} to ${utcTime(band.toMs)} UTC)</title>
<rect class="${index % 2 === 0 ? 'even' : 'odd'}" x="${at(from)}" y="${top}" width="${at(to - from)}" height="${bottom - top}"/>
<line x1="${at(from)}" x2="${at(from)}" y1="${top - 30}" y2="${bottom}"/>${fits ? markup`<text x="${at((from + to) / 2)}" y="${top - 32}">${band.name}</text>` : null}</g>`;
  })}</g>
${drawGaps(gaps, area)}
<g class="axis">${time.marks.map(
    ({ atMs, label }) =>
      markup`<line x1="${at(time.place(atMs))}" x2="${at(time.place(atMs))}" y1="${bottom}" y2="${bottom + 4}"/><text x="${at(time.place(atMs))}" y="${bottom + 17}">${label}</text>`,
  )}</g>`;
}

function drawGaps(gaps: Backdrop['gaps'], { time, top, bottom }: PlotArea): Markup | null {
  const pixelMs = (time.toMs - time.fromMs) / (PLOT.right - PLOT.left);
  const drawable = drawableGaps(gaps, 2 * pixelMs);
  if (drawable.length === 0) return null;
  return markup`<g class="gaps">${drawable.map(({ fromMs, toMs }) => {
    const x = time.place(fromMs);
    const width = Math.max(1.5, time.place(toMs) - x);
    return markup`<rect x="${at(x)}" y="${top}" width="${at(width)}" height="${bottom - top}" fill="url(#hatch)"><title>No data from ${utcTime(fromMs)} to ${utcTime(toMs)} UTC: nobody watched</title></rect>`;
  })}</g>`;
}

const BESIDE = 16;

/** What people and the engine did: numbers over the plot, side by side, that the list below the charts explains. */
export function drawMarks({ marks }: Backdrop, { time, top, bottom }: PlotArea): Markup {
  const places = sideBySide(marks.map(({ atMs }) => time.place(atMs)));
  const y = top - 14;
  return markup`<g class="marks">${marks.map(({ kind, atMs, sentence }, index) => {
    const [x, beside] = [at(time.place(atMs)), at(places[index] ?? 0)];
    return markup`<g class="${kind}"><title>${index + 1}: ${utcTime(atMs)} UTC ${sentence}</title><path d="M${beside} ${y + 7}L${x} ${top}V${bottom}"/><circle cx="${beside}" cy="${y}" r="7"/><text x="${beside}" y="${y + 3.5}">${index + 1}</text></g>`;
  })}</g>`;
}

/** Ascending places, moved to the right where they would cover each other, and back from the right end. */
function sideBySide(places: readonly number[]): readonly number[] {
  const moved = [...places];
  for (let index = 1; index < moved.length; index += 1) {
    moved[index] = Math.max(moved[index] ?? 0, (moved[index - 1] ?? 0) + BESIDE);
  }
  let most: number = PLOT.right;
  for (let index = moved.length - 1; index >= 0; index -= 1) {
    moved[index] = Math.min(moved[index] ?? 0, most);
    most = (moved[index] ?? 0) - BESIDE;
  }
  return moved;
}

/** A tenth of a unit is finer than any screen. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
