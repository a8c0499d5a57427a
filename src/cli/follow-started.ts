import type { FollowResult, StartedDeployment } from '../client/index';
import { serviceName } from '../domain/deployment';
import type { CliContext } from './context';
import { exitCodeOfFollow, type ExitCode } from './exit-codes';
import { detachNotice, followDeployment } from './follow-deployment';
import { statusJson } from './output/status-json';

export interface FollowStartedOptions {
  /** Print the id and leave. */
  readonly detach: boolean;
  /** null: until it is live or ended. */
  readonly waitMs: number | null;
  /** Who decides by the keys; default: as the environment says. */
  readonly as?: string | undefined;
}

/** What was just started, until it is live or ended: what CI waits for. */
export async function followStarted(
  started: StartedDeployment,
  { detach, waitMs, as }: FollowStartedOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { run, attached } = started;
  if (detach) {
    context.terminal.result({ json: startedJson(started), text: [run.deployment] });
    return 0;
  }
  context.terminal.progress(
    `${attached ? 'attached to' : 'started'} ${run.deployment} (${serviceName(run.ref)})`,
  );
  const bounds = { until: 'live' as const, as, ...(waitMs === null ? {} : { timeoutMs: waitMs }) };
  const result = await followDeployment(run, bounds, context);
  report(started, result, context);
  return exitCodeOfFollow(result);
}

function startedJson({ run, attached }: StartedDeployment): object {
  return {
    schemaVersion: 1,
    deployment: run.deployment,
    service: run.ref.service,
    environment: run.ref.environment,
    attached,
    workflowId: run.workflowId,
    runId: run.runId,
  };
}

function report(started: StartedDeployment, result: FollowResult, context: CliContext): void {
  const { terminal } = context;
  const { run } = started;
  if (result.end === 'detached') detachNotice(run).forEach(terminal.note);
  if (result.end === 'expired') {
    terminal.note(`The wait is over; ${run.deployment} goes on.`);
    detachNotice(run).slice(1).forEach(terminal.note);
  }
  const json = {
    ...startedJson(started),
    ...(result.view === null ? {} : statusJson(result.view)),
  };
  terminal.result({ json, text: [lastWord(started, result)] });
}

function lastWord({ run }: StartedDeployment, { view }: FollowResult): string {
  if (view === null) return `${run.deployment}: nothing could be read yet`;
  const { outcome, phase, cause } = view.status;
  if (outcome !== null) return `${run.deployment}: ${outcome}${cause === null ? '' : `, ${cause}`}`;
  const word = view.status.live ? 'live' : `in phase ${phase}`;
  return `${run.deployment}: ${word}`;
}
