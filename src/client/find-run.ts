import { deployWorkflowId, serviceName, type ServiceRef } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { DeploymentRun, ListFilter } from './deployment-client';
import { refOfServiceName, refsOfDeploymentId } from './deployment-id';
import { placeInLine, type PlaceInLine } from './place-in-line';
import type { RunDescription, TemporalRuns } from './temporal-runs';

/** The newest deployment of a service, or one by its id. */
export type DeploymentTarget = ServiceRef | { readonly deployment: string };

/** `shop/production` or a deployment id. @throws BelayError `USAGE` for anything else */
export function parseTarget(text: string): DeploymentTarget {
  const ref = refOfServiceName(text);
  if (ref !== null) return ref;
  if (refsOfDeploymentId(text).length > 0) return { deployment: text };
  throw new BelayError(
    'USAGE',
    `"${text}" is neither SERVICE/ENVIRONMENT nor a deployment id. Nothing was asked or changed.`,
    { next: 'Write for example `belay status shop/production`.' },
  );
}

/** @throws BelayError `DEPLOYMENT_NOT_FOUND`, `TEMPORAL_UNAVAILABLE` */
export async function findRun(
  runs: TemporalRuns,
  target: DeploymentTarget,
): Promise<DeploymentRun> {
  const found =
    'deployment' in target
      ? await findById(runs, target.deployment)
      : await findNewest(runs, target);
  if (found !== null) return found;
  throw 'deployment' in target ? await notStarted(runs, target.deployment) : neverDeployed(target);
}

/** Newest first. */
export async function listRuns(
  runs: TemporalRuns,
  filter: ListFilter,
): Promise<readonly DeploymentRun[]> {
  const found = await runs.list(filter);
  return found
    .map((run) => deploymentRun(run, refOfWorkflowId(run.workflowId)))
    .filter((run) => run !== null)
    .sort((a, b) => b.startedAtMs - a.startedAtMs);
}

async function findNewest(runs: TemporalRuns, ref: ServiceRef): Promise<DeploymentRun | null> {
  const run = await runs.describe({ workflowId: deployWorkflowId(ref), runId: null });
  return run === null ? null : deploymentRun(run, ref);
}

/** The newest run of each name that the id may stand for is certain; older ones are in visibility only. */
async function findById(runs: TemporalRuns, deployment: string): Promise<DeploymentRun | null> {
  for (const ref of refsOfDeploymentId(deployment)) {
    const newest = await findNewest(runs, ref);
    if (newest?.deployment === deployment) return newest;
  }
  const [older] = await runs.list({ deployment });
  return older === undefined ? null : deploymentRun(older, refOfWorkflowId(older.workflowId));
}

function neverDeployed(ref: ServiceRef): BelayError {
  return new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `Temporal knows no deployment of ${serviceName(ref)}. Nothing was changed; traffic stays as it is.`,
    { next: 'Check the name; `belay deploy ENVIRONMENT` starts one.' },
  );
}

/** It may wait in line: then there is nothing yet to look at or to undo. */
async function notStarted(runs: TemporalRuns, deployment: string): Promise<BelayError> {
  const place = await placeIfAnswered(runs, deployment);
  if (place === 'no-answer') {
    return new BelayError(
      'DEPLOYMENT_NOT_FOUND',
      `Temporal knows no run of ${deployment}; it may wait in line, and no worker answered who waits there. Nothing was changed; traffic stays as it is.`,
      {
        next: `Start a worker with \`belay up\` and ask again; \`belay line leave ${deployment}\` takes it out also without one.`,
      },
    );
  }
  if (place === null) {
    return new BelayError(
      'DEPLOYMENT_NOT_FOUND',
      `Temporal knows no deployment ${deployment}. Nothing was changed; traffic stays as it is.`,
      { next: 'Check the name; `belay deploy ENVIRONMENT` starts one.' },
    );
  }
  return new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `${deployment} has not been started: it waits in line, place ${place.place}. Nothing was changed; traffic stays as it is.`,
    { next: `Take it out with \`belay line leave ${deployment}\`.` },
  );
}

async function placeIfAnswered(
  runs: TemporalRuns,
  deployment: string,
): Promise<PlaceInLine | null | 'no-answer'> {
  try {
    return await placeInLine(runs, deployment);
  } catch (error) {
    if (error instanceof BelayError && error.code === 'NO_WORKER') return 'no-answer';
    throw error;
  }
}

function deploymentRun(run: RunDescription, ref: ServiceRef | null): DeploymentRun | null {
  if (ref === null) return null;
  return { ...run, ref, deployment: run.attributes.deployment ?? run.workflowId };
}

function refOfWorkflowId(workflowId: string): ServiceRef | null {
  return workflowId.startsWith('deploy/') ? refOfServiceName(workflowId.slice(7)) : null;
}
