import type { LinePosition, RequestedDeployment, WaitingDeployment } from '../client/index';
import { deployWorkflowId, serviceName } from '../domain/deployment';
import type { CliContext } from './context';
import type { ExitCode } from './exit-codes';
import { followStarted, type FollowStartedOptions } from './follow-started';
import { iso } from './output/durations';
import { waitingText } from './output/line-text';
import { openLiveFrame } from './output/live-frame';
import { stamped } from './output/progress-lines';
import type { Terminal } from './output/terminal';

/** Shows a deployment while it waits in line, then from its start on. Ctrl-C only stops looking. */
export async function followRequested(
  requested: RequestedDeployment,
  options: FollowStartedOptions,
  context: CliContext,
): Promise<ExitCode> {
  if (requested.kind === 'started') return followStarted(requested.started, options, context);
  const { waiting } = requested;
  if (!options.detach) return followWaiting(waiting, options, context);
  context.terminal.note(`it waits in line: belay line ${serviceName(waiting.ref)}`);
  context.terminal.result({ json: waitingJson(waiting), text: [waiting.deployment] });
  return 0;
}

async function followWaiting(
  waiting: WaitingDeployment,
  { waitMs, as }: FollowStartedOptions,
  context: CliContext,
): Promise<ExitCode> {
  const sinceMs = Date.now();
  const screen = context.terminal.interactive
    ? frameScreen(context.terminal)
    : lineScreen(context.terminal);
  const client = await context.client();
  const look = {
    signal: context.interrupted,
    onWaiting: screen.show,
    onTrouble: screen.trouble,
    ...(waitMs === null ? {} : { timeoutMs: waitMs }),
  };
  const result = await client.awaitTurn(waiting, look).finally(screen.end);
  if (result.end !== 'started') return stopLooking(result.waiting, result.end, context);
  const leftMs = waitMs === null ? null : Math.max(0, waitMs - (Date.now() - sinceMs));
  return followStarted(result.started, { detach: false, waitMs: leftMs, as }, context);
}

function stopLooking(
  waiting: WaitingDeployment,
  end: 'expired' | 'detached',
  { terminal }: CliContext,
): ExitCode {
  const { deployment, ref } = waiting;
  terminal.note(
    `${deployment} waits in line without this terminal and is started in its turn; traffic stays as it is.`,
  );
  terminal.note(
    `who waits: belay line ${serviceName(ref)} · leave: belay line leave ${deployment}`,
  );
  terminal.result({ json: waitingJson(waiting), text: [`${deployment}: waiting in line`] });
  return end === 'detached' ? 130 : 124;
}

/** As for one that is started, without a run. */
function waitingJson({ deployment, ref, attached, deadlineMs }: WaitingDeployment): object {
  return {
    schemaVersion: 1,
    deployment,
    service: ref.service,
    environment: ref.environment,
    attached,
    workflowId: deployWorkflowId(ref),
    runId: null,
    waitsUntil: iso(deadlineMs),
  };
}

interface Screen {
  readonly show: (position: LinePosition) => void;
  readonly trouble: (message: string) => void;
  readonly end: () => void;
}

function frameScreen(terminal: Terminal): Screen {
  const frame = openLiveFrame(terminal);
  let last: readonly string[] = [];
  return {
    show: (position) => {
      last = [
        waitingText(position),
        ` leave with: belay line leave ${position.place.deploymentId}`,
      ];
      frame.draw(last);
    },
    trouble: (message) => frame.draw([...last, ` ${message}`]),
    end: frame.end,
  };
}

/** CI systems end jobs that say nothing. */
const HEARTBEAT_MS = 60_000;

function lineScreen(terminal: Terminal): Screen {
  let told = '';
  let toldAtMs = 0;
  const tell = (text: string): void => {
    const nowMs = Date.now();
    if (text === told && nowMs - toldAtMs < HEARTBEAT_MS) return;
    terminal.progress(stamped(text, nowMs));
    told = text;
    toldAtMs = nowMs;
  };
  return { show: (position) => tell(waitingText(position)), trouble: tell, end: () => undefined };
}
