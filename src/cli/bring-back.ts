import type { Restoration, ServiceRef } from '../domain/deployment';
import { serviceName } from '../domain/deployment';
import { BelayError } from '../domain/errors';
import type { CandidateChoice } from '../domain/history/choose-candidate';
import type { RollbackCandidate } from '../domain/history/rollback-candidates';
import { shortDigest } from '../domain/revision';
import type { DeploymentStatus } from '../domain/status';
import { chooseWhole } from './choose-whole';
import { WAIT_FOR_WORKERS_MS } from './commands/deploy';
import type { CliContext } from './context';
import type { ExitCode } from './exit-codes';
import { followRequested } from './follow-requested';
import { differenceWords } from './output/difference-words';
import { readCandidates, type Candidates } from './read-candidates';
import { registerEnvironment } from './register-environment';
import { restorationRequest } from './restoration-request';

export interface BringBackOptions {
  readonly ref: ServiceRef;
  /** The running deployment, which goes back first; null: none runs. */
  readonly undone: Pick<DeploymentStatus, 'stable' | 'live'> | null;
  /** A revision's digest or its beginning; left out, the last that served fully. */
  readonly to: string | undefined;
  readonly strategy: string | undefined;
  readonly as: string | undefined;
  readonly reason: string | undefined;
  /** null: until it is live or ended; 0: not at all. */
  readonly waitMs: number | null;
}

/** Deploys an earlier revision from the store and follows it like any deployment. */
export async function bringBack(options: BringBackOptions, context: CliContext): Promise<ExitCode> {
  const candidates = await readCandidates(options.ref, context);
  const choice = await chooseWhole(options, candidates.candidates, context);
  switch (choice.kind) {
    case 'serving':
      return servesAlready(options.ref, choice.candidate, context);
    case 'refused':
      throw new BelayError(choice.code, choice.sentence, { next: choice.next });
    case 'chosen':
      return start(choice, { options, candidates }, context);
  }
}

function servesAlready(
  ref: ServiceRef,
  { revision, deploymentId }: RollbackCandidate,
  { terminal }: CliContext,
): ExitCode {
  const text = `Revision ${shortDigest(revision)} serves ${serviceName(ref)} already: nothing was started.`;
  const json = { schemaVersion: 1, ...ref, revision, deployment: deploymentId, serving: true };
  terminal.result({ json, text: [text] });
  return 0;
}

type Chosen = Extract<CandidateChoice, { kind: 'chosen' }>;

interface Asked {
  readonly options: BringBackOptions;
  readonly candidates: Candidates;
}

async function start(chosen: Chosen, asked: Asked, context: CliContext): Promise<ExitCode> {
  const { options } = asked;
  const restores = restorationOf(chosen, asked);
  const wanted = { ...options, revision: chosen.revision, restores };
  const request = await restorationRequest(wanted, asked.candidates.service, context);
  // Who only wants the id finds nothing else on stdout.
  const say = options.waitMs === 0 ? context.terminal.note : context.terminal.progress;
  say(announcement(chosen, restores));
  await registerEnvironment(context.home, request.environment);
  const client = await context.client();
  request.notes.forEach((note) => context.terminal.note(`note: ${note}`));
  const requested = await client.request(request, { waitForWorkersMs: WAIT_FOR_WORKERS_MS });
  return followRequested(
    requested,
    { detach: options.waitMs === 0, waitMs: options.waitMs },
    context,
  );
}

/** Null where stable itself is given all the traffic back: nothing is replaced. */
function restorationOf(
  { candidate }: Chosen,
  { options: { undone }, candidates: { service, candidates } }: Asked,
): Restoration | null {
  // One that is live makes way: what it brought is replaced. One that is not goes back first.
  const afterwards = undone === null || undone.live ? null : undone.stable;
  const replaces = afterwards ?? service.stable?.revision.digest ?? null;
  if (replaces === null || replaces === candidate.revision) return null;
  const brought = candidates.find(({ revision }) => revision === replaces);
  return { replaces, undoes: brought?.deploymentId ?? null };
}

function announcement({ candidate }: Chosen, restores: Restoration | null): string {
  const inPlaceOf = restores === null ? '' : ` in place of ${shortDigest(restores.replaces)}`;
  return `bringing back ${shortDigest(candidate.revision)}${inPlaceOf}: ${differenceWords(candidate.difference)}`;
}
