import { readFileSync } from 'node:fs';
import { TypedSearchAttributes } from '@temporalio/common';
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time';
import type { coresdk } from '@temporalio/proto';
import { parseWorkflowCode } from '@temporalio/worker/lib/worker';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm';
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared';
import { workflowBundlePath } from './workflow-bundle';

/**
 * The only file that reaches into the SDK: one workflow in its own sandbox, driven by hand. Look at it again when the
 * SDK is upgraded.
 */
export interface WorkflowIdentity {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly startedAtMs: number;
  /** Eight bytes. */
  readonly randomnessSeed: readonly number[];
}

export type Activation = coresdk.workflow_activation.IWorkflowActivation;
export type ActivationJob = coresdk.workflow_activation.IWorkflowActivationJob;
export type WorkflowCommand = coresdk.workflow_commands.IWorkflowCommand;
export type Completion = coresdk.workflow_completion.IWorkflowActivationCompletion;

/** A fresh sandbox that has seen nothing: the first activation must initialize the workflow. */
export async function createSandbox(identity: WorkflowIdentity): Promise<Workflow> {
  const creator = await (theCreator ??= openCreator());
  const { workflowId, runId, workflowType, taskQueue, startedAtMs, randomnessSeed } = identity;
  const start = new Date(startedAtMs);
  return creator.createWorkflow({
    info: {
      workflowId,
      runId,
      workflowType,
      taskQueue,
      namespace: 'default',
      ...STILL_REQUIRED,
      typedSearchAttributes: new TypedSearchAttributes(),
      firstExecutionRunId: runId,
      originalExecutionRunId: runId,
      startTime: start,
      runStartTime: start,
      taskTimeoutMs: 10_000,
      attempt: 1,
      historyLength: 0,
      historySize: 0,
      continueAsNewSuggested: false,
      targetWorkerDeploymentVersionChanged: false,
      unsafe: {
        now: () => Date.now(),
        isReplaying: false,
        isReplayingHistoryEvents: false,
        random: { random: Math.random } as never,
      },
    },
    randomnessSeed: [...randomnessSeed],
    now: startedAtMs,
    showStackTraceSources: false,
  });
}

/** Deprecated, and yet a part of the type. */
const STILL_REQUIRED = { searchAttributes: {} };

let theCreator: Promise<ReusableVMWorkflowCreator> | undefined;
/** Every guarded call into a sandbox starts a thread, which doubles the time of a run. */
const UNGUARDED = undefined as unknown as number;

async function openCreator(): Promise<ReusableVMWorkflowCreator> {
  const bundlePath = await workflowBundlePath();
  const bundle = parseWorkflowCode(readFileSync(bundlePath, 'utf8'), bundlePath);
  // The stack of every promise costs more than all the rest together.
  globalHandlers.installed = true;
  return ReusableVMWorkflowCreator.create(bundle, UNGUARDED, new Set());
}

export type { Workflow as Sandbox };

/** Protobuf's timestamp or duration of so many milliseconds. */
export const toProtoTime = msToTs;

/** Milliseconds; null where the duration is absent or 0, which to Temporal means the same. */
export function fromProtoDuration(duration: Parameters<typeof optionalTsToMs>[0]): number | null {
  return optionalTsToMs(duration) || null;
}
