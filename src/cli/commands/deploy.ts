import { serviceName, type DeploymentRequest } from '../../domain/deployment';
import type { FollowResult, StartedDeployment } from '../../client/index';
import { ciRequestKey } from '../actor';
import { buildRequest } from '../build-request';
import type { CliContext, Command } from '../context';
import { exitCodeOfFollow } from '../exit-codes';
import { detachNotice, followDeployment } from '../follow-deployment';
import { statusJson } from '../output/status-json';
import { registerEnvironment } from '../register-environment';

export interface DeployOptions {
  readonly environment: string | undefined;
  readonly artifact: string | undefined;
  readonly strategy: string | undefined;
  readonly detach: boolean;
  /** null: until it is live or ended. */
  readonly waitMs: number | null;
  readonly key: string | undefined;
  readonly as: string | undefined;
  readonly reason: string | undefined;
}

/** A worker of this home sees a new environment within a few seconds. */
export const WAIT_FOR_WORKERS_MS = 10_000;

/** Starts a deployment and follows it until it is live or ended. */
export const deploy: Command<DeployOptions> = async (options, context) => {
  const request = await buildRequest(
    {
      choice: pick(options),
      requestKey: options.key ?? ciRequestKey(context.env),
      as: options.as,
      reason: options.reason,
    },
    context,
  );
  const started = await start(request, options, context);
  const { run, attached } = started;
  if (options.detach) {
    context.terminal.result({ json: startedJson(started), text: [run.deployment] });
    return 0;
  }
  context.terminal.progress(
    `${attached ? 'attached to' : 'started'} ${run.deployment} (${serviceName(run.ref)})`,
  );
  const bounds = {
    until: 'live' as const,
    ...(options.waitMs === null ? {} : { timeoutMs: options.waitMs }),
  };
  const result = await followDeployment(run, bounds, context);
  report(started, result, context);
  return exitCodeOfFollow(result);
};

async function start(
  request: DeploymentRequest,
  { waitMs }: DeployOptions,
  context: CliContext,
): Promise<StartedDeployment> {
  await registerEnvironment(context.home, request.environment);
  const client = await context.client();
  request.notes.forEach((note) => context.terminal.note(`note: ${note}`));
  return client.start(request, {
    waitForWorkersMs: Math.min(WAIT_FOR_WORKERS_MS, waitMs ?? WAIT_FOR_WORKERS_MS),
    onYield: (running) => context.terminal.note(`${running.deployment} is live and makes way`),
  });
}

function pick({ environment, artifact, strategy }: DeployOptions) {
  return { environment, artifact, strategy };
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
