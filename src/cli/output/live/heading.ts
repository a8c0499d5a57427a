import type { RunOrigin } from '../../../client/index';
import { shortDigest } from '../../../domain/revision';
import type { DeploymentStatus } from '../../../domain/status';
import { clock } from '../durations';
import { paint, plain, type Style, type Tone } from '../style';
import { flow } from './flow';
import type { ShownView } from './shown-view';

const INDENT = 11;

/** What it is, how it stands, and who wants it why. */
export function headingLines(view: ShownView, style: Style, nowMs: number): readonly string[] {
  const { status, origin } = view;
  const plan = status.planDigest === null ? '' : `plan ${shortDigest(status.planDigest)}`;
  const within = { columns: style.columns, indent: INDENT, between: '  ' };
  const dots = { ...within, between: ' · ' };
  return [
    ...flow(titleParts(status, style, nowMs), within),
    ...flow([status.deployment, plan], dots).map((line) => paint(line, 'dim', style)),
    ...flow(personParts(status, origin), dots).map((line) => paint(line, 'dim', style)),
  ];
}

function titleParts(status: DeploymentStatus, style: Style, nowMs: number): readonly string[] {
  const arrow = style.unicode ? '→' : '->';
  const name = `${plain(status.service)} ${arrow} ${plain(status.environment)}`;
  const [word, tone] = stateWord(status);
  const took = clock((status.endedAtMs ?? nowMs) - status.startedAtMs);
  return [
    paint(name, 'bold', style),
    revisionsWord(status, arrow),
    plain(status.strategy === 'first' ? 'first deployment' : (status.strategy ?? '')),
    paint(`${style.unicode ? '●' : '*'} ${word}`, tone, style),
    stepWord(status),
    status.startedAtMs > 0 ? took : '',
  ];
}

function revisionsWord({ stable, revision, strategy }: DeploymentStatus, arrow: string): string {
  if (revision === null) return '';
  const candidate = shortDigest(revision);
  if (stable !== null) return `${shortDigest(stable)} ${arrow} ${candidate}`;
  return strategy === 'first' ? `nothing ${arrow} ${candidate}` : candidate;
}

type StateWord = readonly [word: string, tone: Tone];

function stateWord(status: DeploymentStatus): StateWord {
  if (status.outcome === 'succeeded') return ['SUCCEEDED', 'good'];
  if (status.outcome !== null) return [status.outcome.toUpperCase().replace('-', ' '), 'bad'];
  if (status.phase === 'rollback') return ['ROLLING BACK', 'bad'];
  if (status.waitingFor !== null) return [waitingWord(status.waitingFor), 'busy'];
  return status.live ? ['LIVE', 'good'] : ['RUNNING', 'busy'];
}

function waitingWord(waitingFor: string): string {
  switch (waitingFor) {
    case 'resume':
      return 'PAUSED';
    case 'decision':
      return 'WAITING FOR A DECISION';
    default:
      return `WAITING FOR ${plain(waitingFor).toUpperCase()}`;
  }
}

function stepWord({ step, steps, outcome }: DeploymentStatus): string {
  const forward = steps.filter(({ phase }) => phase !== 'rollback');
  const index = forward.findIndex(({ id }) => id === step);
  return outcome !== null || index < 0 ? '' : `step ${index + 1}/${forward.length}`;
}

function personParts(status: DeploymentStatus, origin: RunOrigin | undefined): readonly string[] {
  const { initiator } = status;
  const reason = origin?.reason ?? null;
  const why = reason === null ? '' : `: ${plain(reason)}`;
  const commit = origin?.commit ?? null;
  return [
    initiator === '' ? '' : `by ${plain(initiator)} (identity not verified)${why}`,
    commit === null ? '' : `commit ${plain(commit).slice(0, 12)}`,
    approvalsWord(status, origin?.approvalsNeeded ?? null),
  ];
}

/** While it rolls out, `approve` answers a question: only what came by the end of phase authorize lets it begin. */
function approvalsWord({ decisions, phases }: DeploymentStatus, needed: number | null): string {
  const authorize = phases.find(({ phase }) => phase === 'authorize');
  const untilMs = authorize?.endedAtMs ?? Infinity;
  const names = decisions
    .filter(({ kind, effect }) => kind === 'approve' && effect !== 'refused')
    .filter(({ receivedAtMs }) => receivedAtMs <= untilMs)
    .map(({ actor }) => plain(actor ?? 'unknown'));
  const approvers = [...new Set(names)];
  const who = approvers.join(', ');
  if (needed === null) return who === '' ? '' : `approved by ${who}`;
  return `approvals ${approvers.length} of ${needed}${who === '' ? '' : `: ${who}`}`;
}
