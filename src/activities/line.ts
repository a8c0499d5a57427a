import type { Decision } from '../domain/approval/decision';
import type { DeploymentRequest } from '../domain/deployment';
import { lineDecisionId, questionNumber } from '../domain/line/asking';
import type { LineEnd } from '../domain/line/line-end';
import type { LineEntry } from '../domain/line/line-entry';
import { nextMove, type LineDecision, type RunningDeployment } from '../domain/line/next-move';
import type { DeploymentRuns } from '../ports/deployment-runs';
import { asActivity, beating, type Running } from './activity-context';
import { AskedMemory } from './line/asked-memory';
import { lookAgain } from './look-again';

export interface LineDependencies {
  readonly deployments: DeploymentRuns;
  readonly clock: () => number;
}

export interface LineActivities {
  /**
   * Tries once to start the head of the line, and asks the running deployment for what the head may ask; ends when it is
   * started or can never be, or asks by a benign failure to be tried again: no history event, no worker slot in between.
   */
  takeTurn(entry: LineEntry): Promise<LineEnd>;
  /** The run that a turn which was broken off has started all the same; null: there is none. */
  findStarted(request: DeploymentRequest): Promise<string | null>;
}

const POLL_MS = 1_000;

export function createLineActivities({ deployments, clock }: LineDependencies): LineActivities {
  const asking: Asking = { deployments, clock, memory: new AskedMemory() };
  return {
    takeTurn: asActivity((entry, running) => beating(running, () => take(asking, entry, running))),
    findStarted: asActivity((request, running) =>
      beating(running, () => deployments.find(request, running.signal)),
    ),
  };
}

interface Asking extends LineDependencies {
  readonly memory: AskedMemory;
}

async function take(asking: Asking, entry: LineEntry, { signal }: Running): Promise<LineEnd> {
  const attempt = await asking.deployments.start(entry.request, signal);
  if (attempt.kind === 'started') return attempt;
  const { running } = attempt;
  const refused = asking.memory.refusals(entry.request.deploymentId, running.runId);
  const move = nextMove(entry, running, refused);
  switch (move.kind) {
    case 'attach':
      return { kind: 'attached', to: running.deploymentId };
    case 'refuse':
      return { kind: 'refused', why: 'in-progress', sentence: move.sentence };
    case 'ask':
      await ask(asking, { entry, running, decision: move.decision }, signal);
      throw lookAgain(POLL_MS);
    case 'wait':
      throw lookAgain(POLL_MS);
  }
}

interface Question {
  readonly entry: LineEntry;
  readonly running: RunningDeployment;
  readonly decision: LineDecision;
}

async function ask(asking: Asking, question: Question, signal: AbortSignal): Promise<void> {
  const { memory, clock, deployments } = asking;
  const { entry, running, decision } = question;
  const newcomer = entry.request.deploymentId;
  const last = memory.last(newcomer, { runId: running.runId, decision });
  const time = questionNumber(last, clock());
  if (time === null) return;
  const { runId } = running;
  const { service, environment } = entry.request;
  const envelope = decisionOf(question, time, clock());
  const delivery = { ref: { service, environment }, runId, decision: envelope };
  const record = await deployments.decide(delivery, signal);
  const isRefused = record?.effect === 'refused';
  memory.keep(newcomer, { runId, decision, time, atMs: clock(), isRefused });
}

const VALID_MS = 60 * 60_000;

function decisionOf(
  { entry: { request }, running, decision }: Question,
  time: number,
  nowMs: number,
): Decision {
  const { deploymentId: newcomer, initiator } = request;
  return {
    v: 1,
    id: lineDecisionId({ newcomer, runId: running.runId, decision, time }),
    deploymentId: running.deploymentId,
    kind: decision,
    actor: initiator,
    reason: `${REASONS[decision]} ${newcomer}`,
    issuedAt: nowMs,
    expiresAt: nowMs + VALID_MS,
  };
}

const REASONS: Readonly<Record<LineDecision, string>> = {
  yield: 'makes way for',
  supersede: 'gives its place to',
  rollback: 'goes back first, for the way back',
};
