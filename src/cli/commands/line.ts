import { parseTarget } from '../../client/find-run';
import type { LeaveReceipt } from '../../client/index';
import { serviceName, type ServiceRef } from '../../domain/deployment';
import { BelayError } from '../../domain/errors';
import { sentenceOfEnd } from '../../domain/line/line-end';
import { actorName } from '../actor';
import type { CliContext, Command } from '../context';
import { endJson, lineJson } from '../output/line-json';
import { lineText } from '../output/line-text';
import { plain } from '../output/style';
import { readServiceNames } from '../service-names';

export interface LineListOptions {
  /** SERVICE/ENVIRONMENT; left out, every environment of this folder's `belay.yaml`. */
  readonly service: string | undefined;
}

export interface LineLeaveOptions {
  readonly deployment: string;
  readonly as: string | undefined;
  readonly reason: string | undefined;
}

/** Who waits for the lock, in order, and what became of the last ones. */
export const lineList: Command<LineListOptions> = async ({ service }, context) => {
  const client = await context.client();
  const refs = await refsOf(service, context);
  const views = await Promise.all(refs.map((ref) => client.line(ref)));
  const nowMs = Date.now();
  context.terminal.result({
    json: { schemaVersion: 1, lines: views.map(lineJson) },
    text: views.flatMap((view) => lineText(view, nowMs)),
  });
  return 0;
};

/** Takes one out that waits; what was started meanwhile goes on. */
export const lineLeave: Command<LineLeaveOptions> = async (options, context) => {
  const client = await context.client();
  const receipt = await client.leaveLine({
    deploymentId: options.deployment,
    actor: actorName(options.as, context.env),
    reason: options.reason ?? null,
  });
  context.terminal.result({ json: receiptJson(receipt), text: [receiptText(receipt)] });
  return receipt.end === null ? 124 : 0;
};

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
    `"${given}" is a deployment, and a line belongs to SERVICE/ENVIRONMENT. Nothing was asked or changed.`,
    { next: 'Name the service and its environment, like `belay line shop/production`.' },
  );
}

function receiptJson({ deployment, ref, end }: LeaveReceipt): object {
  const { service, environment } = ref;
  const became = end === null ? { end: null, sentence: NOT_TAKEN_UP } : endJson(end);
  return { schemaVersion: 1, deployment, service, environment, ...became };
}

function receiptText({ deployment, ref, end }: LeaveReceipt): string {
  const sentence = end === null ? NOT_TAKEN_UP : plain(sentenceOfEnd(end));
  return `${deployment} (${serviceName(ref)}): ${sentence}`;
}

const NOT_TAKEN_UP = 'recorded; no worker has taken it up yet';
