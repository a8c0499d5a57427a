import { serviceName } from '../../domain/deployment';
import type { StatusView } from '../../client/index';
import type { Command, CliContext } from '../context';
import type { ExitCode } from '../exit-codes';
import { detachNotice } from '../follow-deployment';
import { openLiveFrame } from '../output/live-frame';
import { statusFrame } from '../output/status-frame';
import { statusJson } from '../output/status-json';
import { styleOf } from '../output/style';
import { bestStatus } from '../best-status';
import { steadyView } from '../steady-view';
import { findDeployment } from '../find-deployment';

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
  const client = await context.client();
  const run = await findDeployment(options.deployment, context);
  const show = context.terminal.interactive ? redrawn(context) : repeated(context);
  let last: StatusView | null = null;
  const { end } = await client.wait(run, {
    until: 'ended',
    signal: context.interrupted,
    onStatus: (view) => {
      last = steadyView(last, view);
      show.view(last);
    },
    onTrouble: (message) =>
      context.terminal.note(`reconnecting to ${serviceName(run.ref)}: ${message}`),
  });
  show.end();
  if (end === 'detached') detachNotice(run).forEach(context.terminal.note);
  return end === 'reached' ? 0 : end === 'detached' ? 130 : 124;
}

interface Show {
  readonly view: (view: StatusView) => void;
  readonly end: () => void;
}

function redrawn({ terminal }: CliContext): Show {
  const frame = openLiveFrame(terminal);
  return {
    view: (view) => frame.draw(statusFrame(view, styleOf(terminal), Date.now())),
    end: frame.end,
  };
}

/** Off a terminal: the same content once for each change; with JSON one object a line. */
function repeated({ terminal }: CliContext): Show {
  let last = '';
  return {
    view: (view) => {
      const json = statusJson(view);
      const text = JSON.stringify(json);
      if (text === last) return;
      last = text;
      terminal.result({ json, text: [...statusFrame(view, styleOf(terminal), Date.now()), ''] });
    },
    end: () => undefined,
  };
}
