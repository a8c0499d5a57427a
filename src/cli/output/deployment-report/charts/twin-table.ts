import { formatCount } from '../../../../domain/format/count';
import { markup, type Markup } from '../../page/markup';
import { utcTime } from '../utc-time';
import type { Chart, ChartLine, Point } from './chart';
import { valueWords } from './value-words';

/** The same numbers as a table, folded away. */
export function twinTable({ title, lines, unit }: Chart): Markup {
  const times = lines[0]?.points ?? [];
  const shown = times.map(({ atMs }, index) => ({ atMs, index }));
  return markup`<details class="twin"><summary>${title} as a table</summary><div class="scroll"><table><caption>${title}. “–”: nothing was counted.</caption>
<thead><tr><th scope="col">UTC</th>${lines.map(({ name }) => markup`<th scope="col" class="number">${name}</th><th scope="col" class="number">of</th>`)}</tr></thead>
<tbody>${shown.map(({ atMs, index }) => markup`<tr><th scope="row">${utcTime(atMs)}</th>${lines.map((line) => cells(line, index, unit))}</tr>`)}</tbody></table></div></details>`;
}

function cells({ points }: ChartLine, index: number, unit: Chart['unit']): Markup {
  const point: Point | undefined = points[index];
  const value = point?.value ?? null;
  return markup`<td>${value === null ? '–' : valueWords(value, unit)}</td><td>${formatCount(point?.samples ?? 0)}</td>`;
}
