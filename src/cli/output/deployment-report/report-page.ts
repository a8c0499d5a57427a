import { pageDocument, pageNavigation } from '../page/document';
import { markup, type Markup } from '../page/markup';
import { chartsSection } from './charts/charts-section';
import type { DeploymentReport } from './report';
import { decisionsSection } from './sections/decisions-section';
import { monitorsSection } from './sections/monitors-section';
import { notesSection } from './sections/notes-section';
import { performanceSection } from './sections/performance-section';
import { reportHeader, reportTitle } from './sections/report-header';
import { timelineSection } from './sections/timeline-section';
import { verdictsSection } from './sections/verdicts-section';
import { verificationSection } from './sections/verification-section';
import { wayBackSection } from './sections/way-back-section';
import { REPORT_STYLESHEET } from './stylesheet';

/** One deployment as one HTML page that needs nothing else, see {@link pageDocument}. */
export function deploymentReportPage(report: DeploymentReport): string {
  return pageDocument({
    title: reportTitle(report),
    stylesheet: REPORT_STYLESHEET,
    skip: { id: 'charts', words: 'To the charts' },
    body: bodyOf(report),
  });
}

function bodyOf(report: DeploymentReport): Markup {
  const parts = [
    ['charts', 'Charts', chartsSection(report)],
    ['verdicts', 'Verdicts', verdictsSection(report)],
    ['way-back', 'The way back', wayBackSection(report)],
    ['performance', 'Performance', performanceSection(report)],
    ['monitors', 'Monitors', monitorsSection(report)],
    ['decisions', 'Decisions', decisionsSection(report)],
    ['timeline', 'Timeline', timelineSection(report)],
    ['checks', 'Checks', verificationSection(report)],
    ['notes', 'Notes', notesSection(report)],
  ] as const;
  return markup`${reportHeader(report)}
${pageNavigation(parts.map(([id, name, section]) => [id, name, section !== null]))}
<main>
${parts.map(([, , section]) => section)}
</main>
<footer>Belay ${report.version}. Drawn from the ledger and the evidence record; no data is never shown as zero.</footer>`;
}
