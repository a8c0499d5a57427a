import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type TypedSearchAttributes,
} from '@temporalio/common';
import type { WorkflowExecutionInfo, WorkflowExecutionStatusName } from '@temporalio/client';
import { deployWorkflowId } from '../domain/deployment';
import { PHASES, type Phase } from '../domain/phase';
import { isOutcome } from './run-outcome';
import type { SearchAttributeName } from '../domain/search-attributes';
import type { Attributes } from './run-attributes';
import type { RunDescription, RunFilter, RunState } from './temporal-runs';

type RunInfo = Pick<
  WorkflowExecutionInfo,
  'workflowId' | 'runId' | 'status' | 'startTime' | 'closeTime' | 'memo' | 'typedSearchAttributes'
>;

/** Temporal's own view of a run; what is missing or unreadable is null. */
export function describeRun(info: RunInfo): RunDescription {
  const key = info.memo?.['requestKey'];
  return {
    workflowId: info.workflowId,
    runId: info.runId,
    state: stateOf(info.status.name),
    startedAtMs: info.startTime.getTime(),
    closedAtMs: info.closeTime?.getTime() ?? null,
    attributes: readAttributes(info.typedSearchAttributes),
    requestKey: typeof key === 'string' ? key : null,
    isWayBack: info.memo?.['isWayBack'] === true,
    watch: null,
    checks: [],
  };
}

/** The visibility query for a filter; values are quoted, so that a name cannot end the text. */
export function visibilityQuery(filter: RunFilter): string {
  if ('deployment' in filter) return `BelayDeployment = ${quoted(filter.deployment)}`;
  const { service, environment } = filter;
  if (environment !== null) {
    return `WorkflowId = ${quoted(deployWorkflowId({ service, environment }))}`;
  }
  return `WorkflowType = 'deploy' AND BelayService = ${quoted(service)}`;
}

/** Anything else is open: running, paused, or a name that is newer than we are. */
const CLOSED: Readonly<Partial<Record<WorkflowExecutionStatusName, RunState>>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'stopped',
  TIMED_OUT: 'stopped',
};

function stateOf(name: WorkflowExecutionStatusName): RunState {
  return CLOSED[name] ?? 'running';
}

function readAttributes(attributes: TypedSearchAttributes): Attributes {
  const keyword = (name: SearchAttributeName): string | null =>
    attributes.get(defineSearchAttributeKey(name, SearchAttributeType.KEYWORD)) ?? null;
  const phase = keyword('BelayPhase');
  const outcome = keyword('BelayOutcome');
  return {
    deployment: keyword('BelayDeployment'),
    service: keyword('BelayService'),
    environment: keyword('BelayEnvironment'),
    strategy: keyword('BelayStrategy'),
    phase: isPhase(phase) ? phase : null,
    outcome: isOutcome(outcome) ? outcome : null,
    revision: keyword('BelayRevision'),
    initiator: keyword('BelayInitiator'),
    trafficPercent:
      attributes.get(defineSearchAttributeKey('BelayTrafficPercent', SearchAttributeType.DOUBLE)) ??
      null,
  };
}

function isPhase(text: string | null): text is Phase {
  return text === 'rollback' || text === 'ended' || PHASES.some((phase) => phase === text);
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
