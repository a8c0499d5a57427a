import type { temporal } from '@temporalio/proto';
import { decode, decodeAll } from './payloads';
import { toProtoTime, type WorkflowCommand } from './sandbox';

/** How one run ended. */
export type RunEnd =
  | { readonly kind: 'completed'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly failure: temporal.api.failure.v1.IFailure }
  | { readonly kind: 'cancelled' }
  /** Another run goes on with this input. */
  | { readonly kind: 'continued'; readonly input: readonly unknown[] };

interface Ending {
  readonly end: RunEnd;
  /** The event that the server writes. */
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a command that ends the run means. */
export function endingOf(command: WorkflowCommand, taskQueue: string): Ending {
  if (command.completeWorkflowExecution) {
    const { result } = command.completeWorkflowExecution;
    return {
      end: { kind: 'completed', result: decode(result) },
      type: 'WorkflowExecutionCompleted',
      attributes: { result: { payloads: [result] } },
    };
  }
  if (command.failWorkflowExecution) {
    const { failure } = command.failWorkflowExecution;
    return {
      end: { kind: 'failed', failure: failure ?? {} },
      type: 'WorkflowExecutionFailed',
      attributes: { failure },
    };
  }
  if (command.cancelWorkflowExecution) {
    return { end: { kind: 'cancelled' }, type: 'WorkflowExecutionCanceled', attributes: {} };
  }
  if (command.continueAsNewWorkflowExecution) {
    const { arguments: payloads, workflowType } = command.continueAsNewWorkflowExecution;
    return {
      end: { kind: 'continued', input: decodeAll(payloads) },
      type: 'WorkflowExecutionContinuedAsNew',
      attributes: {
        newExecutionRunId: 'the-next-run',
        workflowType: { name: workflowType },
        taskQueue: { name: taskQueue },
        input: { payloads },
        workflowTaskTimeout: toProtoTime(10_000),
      },
    };
  }
  throw new Error(`the simulator knows no command ${Object.keys(command).join(', ')}`);
}
