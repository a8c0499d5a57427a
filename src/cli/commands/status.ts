import type { DeploymentRun } from '../../client/index';
import { serviceName } from '../../domain/deployment';
import { bestStatus } from '../best-status';
import type { Command, CliContext } from '../context';
import type { ExitCode } from '../exit-codes';
import { findDeployment } from '../find-deployment';
import { detachNotice, followDeployment } from '../follow-deployment';
import type { FollowScreen } from '../live-screen';
import { statusFrame } from '../output/status-frame';
import { statusJson } from '../output/status-json';
import { styleOf } from '../output/style';

export interface StatusOptions {
  readonly deployment: string | undefined;
  readonly watch: boolean;
}

/** Exit 0 whenever it could read; `--watch` goes on until the deployment has ended or Ctrl-C. */
export const status: Command<StatusOptions> = async (options, context) => {
  if (options.watch) return watch(options, context);
  const view = await bestStatus(options.deployment, context);
  const { terminal } = context;
  if (view.because !== null) terminal.note(`shown from ${view.source}: ${view.because}`);
  terminal.result({
    json: statusJson(view),
    text: statusFrame(view, styleOf(terminal), Date.now()),
  });
  return 0;
};

async function watch(options: StatusOptions, context: CliContext): Promise<ExitCode> {
  const run = await findDeployment(options.deployment, context);
  const bounds = { until: 'ended', offTerminal: repeatedScreen(run, context) } as const;
  const { end } = await followDeployment(run, bounds, context);
  if (end === 'detached') detachNotice(run).forEach(context.terminal.note);
  return end === 'reached' ? 0 : end === 'detached' ? 130 : 124;
}

/** Off a terminal: the same content once for each change; with JSON one object a line. */
function repeatedScreen(run: DeploymentRun, { terminal }: CliContext): FollowScreen {
  let last = '';
  let isTroubled = false;
  return {
    show: (view) => {
      if (isTroubled) terminal.note(`reconnected to ${serviceName(run.ref)}`);
      isTroubled = false;
      const json = statusJson(view);
      const text = JSON.stringify(json);
      if (text === last) return;
      last = text;
      terminal.result({ json, text: [...statusFrame(view, styleOf(terminal), Date.now()), ''] });
    },
    trouble: (message) => {
      if (!isTroubled) terminal.note(`reconnecting to ${serviceName(run.ref)}: ${message}`);
      isTroubled = true;
    },
    end: () => undefined,
  };
}
