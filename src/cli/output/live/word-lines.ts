import type { DecisionRecord } from '../../../domain/approval/decision';
import type { OpenAlert } from '../../../domain/monitoring/session';
import type { DeploymentStatus } from '../../../domain/status';
import { withoutKind } from '../decision-answer';
import { clock, iso } from '../durations';
import { placeText } from '../line-text';
import { paint, plain, type Style } from '../style';
import type { ShownView } from './shown-view';

const MOST = 5;

/** Who decided what, what people were told, and what it waits for. */
export function wordLines(view: ShownView, style: Style, nowMs: number): readonly string[] {
  const { status, source, because, line = [] } = view;
  return [
    ...status.decisions.slice(-MOST).map(decisionLine),
    ...toldLines(status, style),
    ...status.openAlerts.map((alert) => paint(openAlertLine(alert, nowMs), 'bad', style)),
    ...status.leftBehind.map((name) => paint(` left      ${plain(name)}`, 'bad', style)),
    ...status.notes.map((note) => paint(` note      ${plain(note)}`, 'dim', style)),
    ...(source === 'workflow' ? [] : [` source    ${source}: ${plain(because ?? '')}`]),
    ...line.map((place) => ` in line   ${placeText(place, nowMs)}`),
    ...waitLines(status, nowMs),
  ];
}

function decisionLine(decision: DecisionRecord): string {
  const identity = decision.verification === 'verified' ? 'verified' : 'identity not verified';
  const actor = plain(decision.actor ?? 'unknown');
  return ` decision  ${decision.kind} by ${actor} (${identity}): ${plain(withoutKind(decision.sentence, decision.kind))}`;
}

/** What is still open has its own line. */
function toldLines({ alerts, openAlerts }: DeploymentStatus, style: Style): readonly string[] {
  return alerts
    .slice(-MOST)
    .filter((alert) => !openAlerts.some(({ sentence }) => alert.includes(sentence)))
    .map((alert) => paint(` alert     ${plain(alert)}`, 'bad', style));
}

function openAlertLine({ monitor, sentence, severity, sinceMs }: OpenAlert, nowMs: number): string {
  return ` alert     ${monitor} (${severity}), open for ${clock(nowMs - sinceMs)}: ${plain(sentence)}`;
}

function waitLines(status: DeploymentStatus, nowMs: number): readonly string[] {
  const { ifNothing, untilMs, waitingFor } = status;
  if (waitingFor === null) return [];
  const until = iso(untilMs);
  const left = untilMs === null ? '' : `, ${clock(untilMs - nowMs)} left`;
  const otherwise = ifNothing === null ? '' : `; without an answer: ${plain(ifNothing)}`;
  return [
    ` waits     for ${plain(waitingFor)}${until === null ? '' : ` until ${until}`}${left}${otherwise}`,
    ` next      ${answersTo(status)}`,
  ];
}

function answersTo({ deployment, environment, service, waitingFor }: DeploymentStatus): string {
  const name = `${service}/${environment}`;
  switch (waitingFor) {
    case 'its turn':
      return `belay line ${name} · belay line leave ${deployment}`;
    case 'approval':
      return `belay approve ${name} · belay reject ${name}`;
    case 'resume':
      return `belay resume ${name} · belay rollback ${name}`;
    default:
      return `belay promote ${name} · belay rollback ${name}`;
  }
}
