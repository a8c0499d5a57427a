import { serviceName } from '../../domain/deployment';
import type { DeploymentStatus } from '../../domain/status';
import { flow } from '../output/live/flow';
import { paint, plain, wrap, type Style } from '../output/style';
import type { KeyState } from './press-key';

const INDENT = 11;

/** The keys that mean something now, or the question that waits for one. */
export function keyLines(
  { isAsking, isHelping }: KeyState,
  status: DeploymentStatus | null,
  style: Style,
): readonly string[] {
  if (isAsking && status !== null) {
    const question = ` Roll back ${serviceName(status)}${consequenceOf(status)}? [y/N]`;
    return wrap(question, style.columns, INDENT).map((line) => paint(line, 'bold', style));
  }
  const [first = '', ...others] = hintsOf(status).filter((hint) => hint !== '');
  const hints = flow([` ${first}`, ...others], {
    columns: style.columns,
    indent: 1,
    between: '  ',
  });
  return [
    ...(isHelping ? HELP.flatMap((line) => wrap(line, style.columns, INDENT)) : []),
    ...hints.map((line) => paint(line, 'dim', style)),
  ];
}

function consequenceOf({ undo }: DeploymentStatus): string {
  return undo === null ? '' : ` (${plain(undo)})`;
}

function hintsOf(status: DeploymentStatus | null): readonly string[] {
  const always = ['d detach (it keeps running)', '? help'];
  if (status === null || status.outcome !== null || status.phase === 'ended') return always;
  const isAsked = status.waitingFor === 'approval' || status.waitingFor === 'decision';
  const isUndone = status.phase === 'rollback' || status.phase === 'finish';
  return [
    isAsked ? 'a approve' : '',
    ...steeringHints(status),
    isUndone ? '' : 'r roll back',
    ...always,
  ];
}

function steeringHints({ phase, waitingFor }: DeploymentStatus): readonly string[] {
  if (phase !== 'rollout' && phase !== 'verify') return [];
  return waitingFor === 'resume' ? ['p resume'] : ['p pause', 'P promote'];
}

const HELP: readonly string[] = [
  ' a         approves the plan that is shown, or answers a question with yes',
  ' p         pauses, and resumes what is paused; the watch goes on',
  ' P         cuts the watch in progress short and goes on',
  ' r         brings all traffic back; asks first, and only y means yes',
  ' d         stops looking, as Ctrl-C does; the deployment goes on',
  ' curves    full height is the limit, or the highest value beyond it',
];
