import type { CheckStatus } from '../domain/checks/check-summary';
import { shortDigest } from '../domain/revision';
import type { DeploymentStatus, StepStatus } from '../domain/status';

/** What Temporal Web shows of a run: the whole story in Markdown, without our tools. At most 20 kB. */
export function detailsOf(status: DeploymentStatus): string {
  return [
    `**${status.service} → ${status.environment}** ${revisions(status)}`,
    `phase **${status.phase}**${status.outcome === null ? '' : `, outcome **${status.outcome}**`}`,
    ...present('', status.cause),
    ...present('waits for ', waiting(status)),
    traffic(status),
    '',
    ...status.checks.map(checkLine),
    ...status.steps.map(stepLine),
    '',
    ...present('verdict: ', status.verdict?.sentence ?? null),
    ...present('monitors: ', monitorsOf(status)),
    ...present('performance: ', status.performance?.reason ?? null),
    ...status.openAlerts.map(({ sentence, severity }) => `- ⚠ open, ${severity}: ${sentence}`),
    ...status.alerts.slice(-5).map((alert) => `- ⚠ ${alert}`),
    ...status.decisions
      .slice(-10)
      .map(
        ({ kind, actor, sentence, verification }) =>
          `- decision **${kind}** by ${actor ?? 'unknown'} (${identity(verification)}): ${sentence}`,
      ),
  ]
    .join('\n\n')
    .slice(0, MOST_CHARACTERS);
}

function monitorsOf({ session }: DeploymentStatus): string | null {
  if (session === null || session.monitors.length === 0) return null;
  const each = session.monitors.map(({ monitor, score, state }) =>
    score === null ? `${monitor} ${state}` : `${monitor} ${Math.round(score)}`,
  );
  return each.join(', ');
}

const MOST_CHARACTERS = 8_000;

function revisions({ revision, stable }: DeploymentStatus): string {
  if (revision === null) return '';
  return stable === null
    ? shortDigest(revision)
    : `${shortDigest(stable)} → ${shortDigest(revision)}`;
}

function present(label: string, text: string | null): readonly string[] {
  return text === null ? [] : [`${label}${text}`];
}

function waiting({ waitingFor, untilMs, ifNothing }: DeploymentStatus): string | null {
  if (waitingFor === null || untilMs === null) return waitingFor;
  return `${waitingFor} until ${new Date(untilMs).toISOString()}, else ${ifNothing ?? 'rolls back'}`;
}

function traffic({ weights, observed }: DeploymentStatus): string {
  if (weights === null) return 'traffic: untouched';
  const seen = observed ?? weights;
  return `traffic: candidate ${weights.candidate} % commanded, ${seen.candidate} % observed`;
}

function checkLine({ check, state, result }: CheckStatus): string {
  const mark = { waiting: '○', doing: '▶', done: '✔', failed: '✖' }[state];
  return `${mark} ${check}${result === null ? '' : `: ${result}`}`;
}

const MARKS: Readonly<Record<StepStatus['state'], string>> = {
  'to do': '○',
  doing: '▶',
  done: '✔',
  failed: '✖',
  undone: '↩',
  skipped: '–',
};

function stepLine({ state, summary, result }: StepStatus): string {
  return `- ${MARKS[state]} ${summary}${result === null ? '' : `: ${result}`}`;
}

function identity(verification: string): string {
  return verification === 'verified' ? 'verified' : 'identity not verified';
}
