import { parseTarget } from '../../client/find-run';
import { serviceName, type ServiceRef } from '../../domain/deployment';
import { BelayError } from '../../domain/errors';
import { shortDigest } from '../../domain/revision';
import type { Hold } from '../../domain/service-record';
import type { EnvironmentRecord } from '../../ports/environment-record';
import type { CliContext, Command } from '../context';
import { iso } from '../output/durations';
import { plain } from '../output/style';
import { readServiceNames } from '../service-names';

export interface HoldListOptions {
  /** SERVICE/ENVIRONMENT; left out, every environment of this folder's `belay.yaml`. */
  readonly service: string | undefined;
}

export interface HoldLiftOptions extends HoldListOptions {
  /** A digest or its beginning; may be left out where there is one hold. */
  readonly revision: string | undefined;
}

interface Held extends Hold {
  readonly ref: ServiceRef;
}

/** Which revisions may not be deployed again, where and why. */
export const holdList: Command<HoldListOptions> = async ({ service }, context) => {
  const { records: record } = context.adapters();
  const held = await holdsOf(await refsOf(service, context), record);
  context.terminal.result({
    json: { schemaVersion: 1, holds: held.map(holdJson) },
    text: held.length === 0 ? ['no holds'] : held.map(holdLine),
  });
  return 0;
};

/** Lets a revision be deployed again. */
export const holdLift: Command<HoldLiftOptions> = async (options, context) => {
  const { service, revision } = named(options);
  const { records: record } = context.adapters();
  const held = await holdsOf(await refsOf(service, context), record);
  const matching = held.filter((hold) => revision === undefined || isNamed(hold, revision));
  const [hold] = matching;
  if (hold === undefined || matching.length > 1) throw notOne(held, revision);
  await record.lift(hold.ref, hold.revision);
  context.terminal.result({
    json: { schemaVersion: 1, lifted: holdJson(hold) },
    text: [`lifted: ${hold.revision} may be deployed to ${serviceName(hold.ref)} again`],
  });
  return 0;
};

/** `hold lift REVISION` in a folder with `belay.yaml`: what has no slash is no service. */
function named({ service, revision }: HoldLiftOptions): HoldLiftOptions {
  const isRevision = service !== undefined && revision === undefined && !service.includes('/');
  return isRevision ? { service: undefined, revision: service } : { service, revision };
}

async function refsOf(
  given: string | undefined,
  context: CliContext,
): Promise<readonly ServiceRef[]> {
  if (given === undefined) {
    const { service, environments } = await readServiceNames(context.directory);
    return environments.map((environment) => ({ service, environment }));
  }
  const target = parseTarget(given);
  if ('service' in target) return [target];
  throw new BelayError(
    'USAGE',
    `"${given}" is a deployment, and holds belong to SERVICE/ENVIRONMENT. ${NOTHING_LIFTED}`,
    { next: 'Name the service and its environment, like `belay hold list shop/production`.' },
  );
}

async function holdsOf(
  refs: readonly ServiceRef[],
  record: EnvironmentRecord,
): Promise<readonly Held[]> {
  const found = await Promise.all(
    refs.map(async (ref) => (await record.read(ref)).holds.map((hold) => ({ ...hold, ref }))),
  );
  return found.flat();
}

function isNamed({ revision }: Hold, wanted: string): boolean {
  return (
    revision === wanted ||
    revision.replace(/^sha256:/, '').startsWith(wanted.replace(/^sha256:/, ''))
  );
}

/** A hold only keeps a revision from being deployed: it has no part in what serves. */
const NOTHING_LIFTED = 'No hold was lifted; traffic stays as it is.';

function notOne(held: readonly Held[], revision: string | undefined): BelayError {
  const names = held.map(
    ({ revision: digest, ref }) => `${shortDigest(digest)} in ${serviceName(ref)}`,
  );
  const which = revision === undefined ? '' : ` that ${revision} names`;
  return new BelayError(
    'USAGE',
    `There is not exactly one hold${which} (there ${names.length === 0 ? 'are none' : `is ${names.join(', ')}`}). ${NOTHING_LIFTED}`,
    {
      next:
        names.length === 0
          ? 'Nothing needs to be lifted here: `belay hold list SERVICE/ENVIRONMENT` looks elsewhere.'
          : '`belay hold list` shows them; name one: belay hold lift SERVICE/ENVIRONMENT REVISION',
    },
  );
}

function holdJson({ ref, revision, deploymentId, atMs, by, reason }: Held): object {
  return { ...ref, revision, deployment: deploymentId, at: iso(atMs), by, reason };
}

function holdLine(hold: Held): string {
  return (
    `${serviceName(hold.ref)}  ${shortDigest(hold.revision)}  since ${iso(hold.atMs) ?? ''}  ` +
    `by ${plain(hold.by)}: ${plain(hold.reason)}`
  );
}
