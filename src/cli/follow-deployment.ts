import { serviceName } from '../domain/deployment';
import type { DeploymentRun, FollowOptions, FollowResult, StatusView } from '../client/index';
import type { CliContext } from './context';
import { openLiveFrame } from './output/live-frame';
import { progressLines, stamped } from './output/progress-lines';
import { statusFrame } from './output/status-frame';
import { styleOf } from './output/style';
import type { Terminal } from './output/terminal';
import { steadyView } from './steady-view';

/** CI systems end jobs that say nothing. */
const HEARTBEAT_MS = 60_000;

interface Bounds extends Pick<FollowOptions, 'until' | 'timeoutMs'> {
  /** A log starts here; default: with the deployment. */
  readonly sinceMs?: number;
}

/** Shows a deployment until it is live or ended: a frame on a terminal, lines in a log. Ctrl-C only stops looking. */
export async function followDeployment(
  run: DeploymentRun,
  { sinceMs = 0, ...bounds }: Bounds,
  context: CliContext,
): Promise<FollowResult> {
  const client = await context.client();
  const { terminal } = context;
  const screen = terminal.interactive ? frameScreen(terminal) : lineScreen(terminal, sinceMs);
  let last: StatusView | null = null;
  try {
    return await client.wait(run, {
      ...bounds,
      signal: context.interrupted,
      onStatus: (view) => {
        last = steadyView(last, view);
        screen.show(last);
      },
      onTrouble: screen.trouble,
    });
  } finally {
    screen.end();
  }
}

/** What a person reads who stops looking. */
export function detachNotice(run: DeploymentRun): readonly string[] {
  const name = serviceName(run.ref);
  return [
    `Detached: ${run.deployment} goes on without this terminal, and so does traffic.`,
    `follow: belay status ${name} --watch · undo: belay rollback ${name} · stop: belay abort ${name}`,
  ];
}

interface Screen {
  readonly show: (view: StatusView) => void;
  readonly trouble: (message: string) => void;
  readonly end: () => void;
}

function frameScreen(terminal: Terminal): Screen {
  const frame = openLiveFrame(terminal);
  let last: readonly string[] = [];
  return {
    show: (view) => {
      last = statusFrame(view, styleOf(terminal), Date.now());
      frame.draw(last);
    },
    trouble: (message) => frame.draw([...last, ` reconnecting: ${message}`]),
    end: frame.end,
  };
}

function lineScreen(terminal: Terminal, sinceMs: number): Screen {
  let before: StatusView | null = null;
  let troubled = false;
  let spokeAtMs = Date.now();
  const say = (line: string): void => {
    terminal.progress(line);
    spokeAtMs = Date.now();
  };
  return {
    show: (view) => {
      const nowMs = Date.now();
      if (troubled) say(stamped('reconnected', nowMs));
      troubled = false;
      progressLines(before, view, { nowMs, sinceMs }).forEach(say);
      if (nowMs - spokeAtMs >= HEARTBEAT_MS) say(stamped(stillLine(view), nowMs));
      before = view;
    },
    trouble: (message) => {
      if (!troubled) say(stamped(`reconnecting "${message}"`, Date.now()));
      troubled = true;
    },
    end: () => undefined,
  };
}

function stillLine({ status }: StatusView): string {
  const step = status.step === null ? '' : ` step=${status.step}`;
  return `still phase=${status.phase}${step}`;
}
