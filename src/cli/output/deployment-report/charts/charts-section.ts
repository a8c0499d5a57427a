import { formatCounted } from '../../../../domain/format/count';
import { formatDuration } from '../../../../domain/format/duration';
import { markup, type Markup } from '../../page/markup';
import type { DeploymentReport } from '../report';
import { utcTime } from '../utc-time';
import { backdropOf, type Backdrop } from './backdrop';
import type { Chart } from './chart';
import { drawChart } from './draw-chart';
import { commandedWeights, drawTraffic, weightSpans } from './draw-traffic';
import { metricCharts } from './metric-charts';
import { readingCharts } from './reading-charts';
import { bucketWindows } from './time-buckets';
import { twinTable } from './twin-table';

/** Traffic and every metric over time, candidate against stable. */
export function chartsSection(report: DeploymentReport): Markup {
  const backdrop = backdropOf(report);
  return markup`<section id="charts" aria-labelledby="charts-title"><h2 id="charts-title">Candidate against stable</h2>
${backdrop === null ? markup`<p>Nothing was watched, and no traffic was moved.</p>` : drawn(report, backdrop)}</section>`;
}

function drawn(report: DeploymentReport, backdrop: Backdrop): Markup {
  const { windows, readings, criteria, thresholds } = report;
  const buckets = bucketWindows(windows);
  const traffic = {
    observed: weightSpans(windows, backdrop.bands),
    commanded: commandedWeights(report.status),
  };
  const charts = [
    ...metricCharts({ buckets, criteria, thresholds }),
    ...readingCharts(readings, criteria),
  ];
  return markup`<p class="key">${legend(charts)} Times count from ${utcTime(backdrop.range.fromMs)} UTC. ${gapWords(backdrop)}${probesOnly(report)}</p>
<svg class="patterns" width="0" height="0" aria-hidden="true"><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatched" width="2" height="6"/></pattern></svg>
<figure><figcaption><h3>Traffic</h3><p>The candidate’s share: filled as it was observed when each window was read, the line as it was commanded.</p></figcaption>${drawTraffic(traffic, backdrop)}</figure>
${charts.map((chart) => figure(chart, backdrop))}
${markList(backdrop)}`;
}

function figure(chart: Chart, backdrop: Backdrop): Markup {
  return markup`<figure><figcaption><h3>${chart.title}</h3><p>${chart.meaning}</p></figcaption>${drawChart(chart, backdrop)}
${twinTable(chart)}</figure>`;
}

function legend(charts: readonly Chart[]): Markup {
  const probed = charts.some(({ lines }) => lines.some(({ name }) => name.endsWith('probes')));
  return markup`<span class="swatch candidate">candidate</span> <span class="swatch stable">stable</span>${probed ? markup` <span class="swatch probes">probes, dotted</span>` : null} <span class="swatch limit">limit</span> <span class="swatch gap">no data</span>`;
}

function gapWords({ gaps }: Backdrop): string {
  if (gaps.length === 0) return 'The candidate was watched without a gap.';
  const lostMs = gaps.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return `${formatCounted(gaps.length, 'gap')}, ${formatDuration(lostMs)} in all: no data is not zero.`;
}

function probesOnly({ windows }: DeploymentReport): Markup | null {
  const candidates = windows.flatMap(({ arms }) => arms.candidate ?? []);
  const isProbed = candidates.some(({ probes }) => (probes?.requests ?? 0) > 0);
  const isUsed = candidates.some(({ requests }) => requests > 0);
  return isProbed && !isUsed ? markup` <strong>Probes only, no user traffic.</strong>` : null;
}

function markList({ marks, range }: Backdrop): Markup | null {
  if (marks.length === 0) return null;
  return markup`<h3 id="marks">What the numbers mark</h3><ol class="marklist">${marks.map(
    ({ kind, atMs, sentence }) =>
      markup`<li class="${kind}"><time>${utcTime(atMs)}</time> <small>+${formatDuration(Math.max(0, atMs - range.fromMs))}</small> ${sentence}</li>`,
  )}</ol>`;
}
