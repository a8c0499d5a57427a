import { newDeploymentId } from '../client/deployment-id';
import {
  assembleRestoration,
  restoreLike,
  type RestorationChoice,
} from '../config/assemble-restoration';
import { loadConfig } from '../config/load-config-file';
import type { DeploymentRequest, ServiceRef } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { ServiceRecord } from '../domain/service-record';
import { actorName, ciRequestKey } from './actor';
import type { CliContext } from './context';

export interface RestorationWanted extends RestorationChoice {
  readonly as: string | undefined;
  readonly reason: string | undefined;
}

/**
 * The request that brings a revision back, from this folder's `belay.yaml`; where that is of no use, like the
 * deployment before it: a mistake in a file never stands in the way back. @throws BelayError as the configuration does
 */
export async function restorationRequest(
  wanted: RestorationWanted,
  service: ServiceRecord,
  context: CliContext,
): Promise<DeploymentRequest> {
  const identity = identityOf(wanted, context);
  try {
    return assembleRestoration(await loadConfig(context.directory), wanted, identity);
  } catch (error) {
    const because = whyWithoutFile(error, wanted.ref);
    if (because === null) throw error;
    // Another strategy than before is something that only a file describes.
    const before =
      wanted.strategy === undefined ? await requestBefore(wanted.ref, service, context) : null;
    if (before === null) throw error;
    return restoreLike(before, { ...wanted, because }, identity);
  }
}

/** Null: the file is not what is wrong. */
function whyWithoutFile(error: unknown, { service }: ServiceRef): string | null {
  if (!(error instanceof BelayError)) return null;
  switch (error.code) {
    case 'CONFIG_MISSING':
      return `No belay.yaml of ${service} is at hand`;
    case 'CONFIG_INVALID':
    case 'ENVIRONMENT_UNKNOWN':
      return `The belay.yaml of this folder was left aside (${mistakeOf(error)})`;
    default:
      return null;
  }
}

const LONGEST_MISTAKE = 300;

/** In one line, and without what it usually means. */
function mistakeOf({ message }: BelayError): string {
  const said = message.replace(/[;.] nothing was started\./i, '');
  return said.replace(/\s*\n\s*/g, ': ').slice(0, LONGEST_MISTAKE);
}

function identityOf({ ref, as, reason }: RestorationWanted, { env }: CliContext) {
  const requestedAtMs = Date.now();
  return {
    deploymentId: newDeploymentId(ref, requestedAtMs),
    requestKey: ciRequestKey(env),
    initiator: actorName(as, env),
    reason: reason ?? null,
    requestedAtMs,
  };
}

/** What brought the revision that serves; else the newest deployment. Null: Temporal has forgotten both. */
async function requestBefore(
  ref: ServiceRef,
  { stable }: ServiceRecord,
  context: CliContext,
): Promise<DeploymentRequest | null> {
  const client = await context.client();
  for (const target of [...(stable === null ? [] : [{ deployment: stable.deploymentId }]), ref]) {
    try {
      const request = await client.requestOf(await client.find(target));
      if (request !== null) return request;
    } catch (error) {
      if (!(error instanceof BelayError) || error.code !== 'DEPLOYMENT_NOT_FOUND') throw error;
    }
  }
  return null;
}
