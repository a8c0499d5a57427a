import type { Attributes } from '../../../../src/client/run-attributes';
import type { RunDescription, RunState, TemporalRuns } from '../../../../src/client/temporal-runs';
import type { DeploymentRequest } from '../../../../src/domain/deployment';
import { BelayError } from '../../../../src/domain/errors';
import { isWayBack, lineWorkflowId } from '../../../../src/domain/line/line-entry';
import type { LineView } from '../../../../src/domain/line/line-view';
import type { DecisionRecord } from '../../../../src/domain/approval/decision';
import { encode } from '../payloads';
import type { Random } from '../random';
import { REF } from '../scenario';
import type { SimulatedServer, StartOrder } from '../simulated-server';
import type { VirtualTime } from '../virtual-time';
import type { WorkflowRun } from '../workflow-run';

interface Means {
  readonly server: SimulatedServer;
  readonly time: VirtualTime;
  readonly random: Random;
  /** Of all calls, how many fail: half of them before they did anything, half of them after. */
  readonly failing: number;
  readonly deploy: (request: DeploymentRequest) => StartOrder;
  readonly line: () => StartOrder;
  /** Called when a newcomer has joined for certain. */
  readonly onJoined: (deploymentId: string) => void;
}

/** How far behind the list of runs is. */
const VISIBILITY_LAG_MS = 700;
const ASK_EVERY_MS = 50;

/** The client's own view of a simulated Temporal: every call takes a while, and some fail. */
export function simulatedRuns(means: Means): TemporalRuns {
  const { server, time } = means;
  const call = <T>(act: () => T | Promise<T>): Promise<T> => called(means, act);
  const find = ({ workflowId, runId }: { workflowId: string; runId: string | null }) =>
    runId === null
      ? server.newest(workflowId)
      : (server.runs.find(({ options }) => options.identity.runId === runId) ?? null);
  return {
    start: ({ request }) =>
      call(() => {
        const run = server.start(means.deploy(request));
        if (run === null) return { kind: 'running' };
        return { kind: 'started', runId: run.options.identity.runId };
      }),
    describe: (ref) =>
      call(() => {
        const run = find(ref);
        return run === null ? null : describeRun(run);
      }),
    request: async () => null,
    signalDecision: (ref, decision) =>
      call(() => {
        const run = find(ref);
        if (run === null || run.end !== null) return false;
        run.signal('decide', [encode(decision)]);
        return true;
      }),
    awaitDecision: async (ref, { decisionId, withinMs }) => {
      const run = find(ref);
      if (run === null || run.end !== null) return null;
      const id = `ask-${decisionId}-${time.nowMs}`;
      await call(() => run.update(id, 'awaitDecision', [decisionId]));
      const untilMs = time.nowMs + withinMs;
      while (time.nowMs < untilMs) {
        const state = run.updates.stateOf(id);
        if (state?.kind === 'completed') return state.result as DecisionRecord;
        if (state?.kind === 'rejected') return null;
        await passing(time, ASK_EVERY_MS);
      }
      return null;
    },
    joinLine: (entry) =>
      call(() => {
        const workflowId = lineWorkflowId(REF);
        const open = server.newest(workflowId);
        const line = open?.end === null ? open : server.start(means.line());
        line?.signal('join', [encode(entry)]);
        means.onJoined(entry.request.deploymentId);
        return line?.options.identity.runId ?? '';
      }),
    leaveLine: (_ref, order) =>
      call(() => {
        const line = server.newest(lineWorkflowId(REF));
        if (line === null || line.end !== null) return false;
        line.signal('leave', [encode(order)]);
        return true;
      }),
    queryLine: (ref) =>
      call(async () => {
        const line = find(ref);
        return line === null ? null : ((await line.query('line')) as LineView | null);
      }),
    list: (filter) =>
      call(() =>
        server.runs
          .filter(({ options }) => options.identity.workflowType === 'deploy')
          .filter(({ options }) => options.identity.startedAtMs <= time.nowMs - VISIBILITY_LAG_MS)
          .map(describeRun)
          .filter(
            ({ attributes }) =>
              !('deployment' in filter) || attributes.deployment === filter.deployment,
          )
          .reverse(),
      ),
    pollers: async () => 1,
    queryStatus: () => notSimulated('queryStatus'),
    outcome: () => notSimulated('outcome'),
    plan: () => notSimulated('plan'),
    history: () => notSimulated('history'),
    close: async () => undefined,
  };
}

async function called<T>({ time, random, failing }: Means, act: () => T | Promise<T>): Promise<T> {
  const isFailing = random.chance(failing);
  const isLost = random.chance(0.5);
  await passing(time, random.between(1, 15));
  if (isFailing && !isLost) throw unavailable();
  const answer = await act();
  await passing(time, random.between(1, 15));
  if (isFailing) throw unavailable();
  return answer;
}

function passing(time: VirtualTime, ms: number): Promise<void> {
  return new Promise((resolve) => {
    time.after(ms, resolve);
  });
}

function unavailable(): BelayError {
  return new BelayError('TEMPORAL_UNAVAILABLE', 'simulated: Temporal does not answer.');
}

async function notSimulated(name: string): Promise<never> {
  throw new Error(`no client of the line calls ${name}`);
}

function describeRun(run: WorkflowRun): RunDescription {
  const { workflowId, runId, startedAtMs, workflowType } = run.options.identity;
  const request = workflowType === 'deploy' ? (run.options.input[0] as DeploymentRequest) : null;
  return {
    workflowId,
    runId,
    state: stateOf(run),
    startedAtMs,
    closedAtMs: null,
    attributes: attributesOf(run, request),
    requestKey: request?.requestKey ?? null,
    isWayBack: request !== null && isWayBack(request),
    watch: null,
    checks: [],
  };
}

function stateOf({ end }: WorkflowRun): RunState {
  switch (end?.kind) {
    case undefined:
      return 'running';
    case 'continued':
      return 'completed';
    default:
      return end?.kind ?? 'running';
  }
}

function attributesOf(run: WorkflowRun, request: DeploymentRequest | null): Attributes {
  const of = (name: string): unknown => {
    const value = run.attributes.get(name);
    return Array.isArray(value) ? value[0] : value;
  };
  return {
    deployment: request?.deploymentId ?? null,
    service: REF.service,
    environment: REF.environment,
    strategy: null,
    phase: (of('BelayPhase') as Attributes['phase'] | undefined) ?? 'store',
    outcome: (of('BelayOutcome') as Attributes['outcome'] | undefined) ?? null,
    revision: null,
    initiator: request?.initiator ?? null,
    trafficPercent: (of('BelayTrafficPercent') as number | undefined) ?? null,
  };
}
