import { serviceName } from '../../../../domain/deployment';
import { shortDigest } from '../../../../domain/revision';
import { minute } from '../../durations';
import { factList } from '../../page/facts';
import { markup, type Markup } from '../../page/markup';
import { bar, cross, tick } from '../../page/sign';
import { outcomeWords, summarySentence, type ReportTone } from '../outcome-words';
import type { DeploymentReport } from '../report';

/** What was deployed where, how it ended, and in a few sentences why. */
export function reportHeader(report: DeploymentReport): Markup {
  const { words, tone } = outcomeWords(report);
  const { service, environment } = report.status;
  return markup`<header class="verdict ${tone}"><div><p class="tool">Belay deployment report</p>
<h1>${signOf(tone)} ${words} <span class="what"><bdi>${service}</bdi> → <bdi>${environment}</bdi></span></h1>
<p class="summary">${summarySentence(report)}</p>
${report.status.leftBehind.map((name) => markup`<p class="why">Left behind: ${name}</p>`)}
${facts(report)}</div></header>`;
}

/** For the title of the page. */
export function reportTitle(report: DeploymentReport): string {
  return `${outcomeWords(report).words}: ${serviceName(report.status)} – Belay deployment`;
}

function signOf(tone: ReportTone): Markup {
  if (tone === 'good') return tick();
  return tone === 'bad' ? cross() : bar();
}

function facts({ status, commit, reason }: DeploymentReport): Markup {
  const { revision, stable, startedAtMs, endedAtMs, planDigest } = status;
  const from = stable === null ? 'nothing' : shortDigest(stable);
  return factList([
    ['revisions', revision === null ? null : `${from} → ${shortDigest(revision)}`],
    ['strategy', status.strategy],
    ['by', `${status.initiator} (identity not verified)`],
    ['because', reason],
    ['commit', commit === null ? null : commit.slice(0, 12)],
    ['from', `${minute(startedAtMs)} UTC`],
    ['to', endedAtMs === null ? null : `${minute(endedAtMs)} UTC`],
    ['plan', planDigest === null ? null : shortDigest(planDigest)],
    ['deployment', status.deployment],
  ]);
}
