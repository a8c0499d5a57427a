import type { ConflictPolicy } from '../../domain/line/conflict';
import type { RequestedDeployment } from '../../client/index';
import { ciRequestKey } from '../actor';
import { buildRequest, type BuiltRequest } from '../build-request';
import type { CliContext, Command } from '../context';
import { followRequested } from '../follow-requested';
import { registerEnvironment } from '../register-environment';

export interface DeployOptions {
  readonly environment: string | undefined;
  readonly artifact: string | undefined;
  readonly strategy: string | undefined;
  readonly detach: boolean;
  /** null: until it is live or ended. */
  readonly waitMs: number | null;
  readonly key: string | undefined;
  /** Left out: what the environment's configuration says. */
  readonly conflict: ConflictPolicy | undefined;
  /** How long it may wait in line. */
  readonly lineWaitMs: number | undefined;
  readonly as: string | undefined;
  readonly reason: string | undefined;
}

/** A worker of this home sees a new environment within a few seconds. */
export const WAIT_FOR_WORKERS_MS = 10_000;

/** Asks for a deployment, and follows it until it is live or ended. */
export const deploy: Command<DeployOptions> = async (options, context) => {
  const built = await buildRequest(
    {
      choice: pick(options),
      requestKey: options.key ?? ciRequestKey(context.env),
      as: options.as,
      reason: options.reason,
    },
    context,
  );
  return followRequested(await ask(built, options, context), options, context);
};

async function ask(
  { request, conflict }: BuiltRequest,
  { waitMs, lineWaitMs, conflict: wanted }: DeployOptions,
  context: CliContext,
): Promise<RequestedDeployment> {
  await registerEnvironment(context.home, request.environment);
  const client = await context.client();
  request.notes.forEach((note) => context.terminal.note(`note: ${note}`));
  return client.request(request, {
    waitForWorkersMs: Math.min(WAIT_FOR_WORKERS_MS, waitMs ?? WAIT_FOR_WORKERS_MS),
    conflict: wanted ?? conflict,
    ...(lineWaitMs === undefined ? {} : { lineWaitMs }),
  });
}

function pick({ environment, artifact, strategy }: DeployOptions) {
  return { environment, artifact, strategy };
}
