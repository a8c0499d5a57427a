import { serviceName } from '../domain/deployment';
import type { DeploymentRun, FollowOptions, FollowResult, StatusView } from '../client/index';
import type { CliContext } from './context';
import { openLineScreen } from './line-screen';
import { openLiveScreen, type FollowScreen } from './live-screen';
import { steadyView } from './steady-view';

interface Bounds extends Pick<FollowOptions, 'until' | 'timeoutMs'> {
  /** A log starts here; default: with the deployment. */
  readonly sinceMs?: number;
  /** Who decides by the keys. */
  readonly as?: string | undefined;
  /** Off a terminal; default: one line for each change. */
  readonly offTerminal?: FollowScreen;
}

/**
 * Shows a deployment until it is live or ended: a frame with keys on a terminal, lines in a log. Ctrl-C and `d` only stop
 * looking.
 */
export async function followDeployment(
  run: DeploymentRun,
  { sinceMs = 0, as, offTerminal, ...bounds }: Bounds,
  context: CliContext,
): Promise<FollowResult> {
  const client = await context.client();
  const { terminal } = context;
  const leaving = leaveWith(context.interrupted);
  const screen = terminal.interactive
    ? openLiveScreen({ run, as, onDetach: leaving.leave }, context)
    : (offTerminal ?? openLineScreen(terminal, sinceMs));
  let last: StatusView | null = null;
  try {
    return await client.wait(run, {
      ...bounds,
      signal: leaving.signal,
      onStatus: (view) => {
        last = steadyView(last, view);
        screen.show(last);
      },
      onTrouble: (message) => screen.trouble(message),
    });
  } finally {
    leaving.forget();
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

/** Aborts with the given signal, and when somebody leaves by a key. */
function leaveWith(interrupted: AbortSignal) {
  const controller = new AbortController();
  const leave = (): void => controller.abort(interrupted.reason);
  if (interrupted.aborted) leave();
  interrupted.addEventListener('abort', leave);
  return {
    signal: controller.signal,
    leave,
    forget: () => interrupted.removeEventListener('abort', leave),
  };
}
