import { coresdk } from '@temporalio/proto';
import { decodeAll } from './payloads';
import type { Activation, Completion, Sandbox, WorkflowCommand } from './sandbox';

/** What one activation was and what the workflow commanded then. */
export interface RecordedActivation {
  readonly task: number;
  readonly activation: Activation;
  readonly commands: readonly WorkflowCommand[];
}

/** A workflow that commands something else when it is rebuilt from its own past. */
export class NondeterminismError extends Error {
  override readonly name = 'NondeterminismError';
}

/** The workflow task could not be completed: a real server would try it again for ever. */
export class WorkflowTaskError extends Error {
  override readonly name = 'WorkflowTaskError';
}

export async function activate(
  sandbox: Sandbox,
  activation: Activation,
): Promise<NonNullable<Completion['successful']>> {
  const completion = await sandbox.activate(activation);
  if (completion.successful) return completion.successful;
  const { failure } = completion.failed ?? {};
  throw new WorkflowTaskError(`${failure?.message ?? 'no reason'}\n${failure?.stackTrace ?? ''}`);
}

/** Brings a fresh sandbox to where the killed one was. @throws NondeterminismError */
export async function replayInto(
  sandbox: Sandbox,
  recorded: readonly RecordedActivation[],
  flags: readonly number[],
): Promise<void> {
  for (const { task, activation, commands } of recorded) {
    const replayed = await activate(sandbox, {
      ...activation,
      isReplaying: true,
      availableInternalFlags: [...flags],
      jobs: (activation.jobs ?? []).map(withoutValidator),
    });
    compare(task, commands, replayed.commands ?? []);
  }
}

function withoutValidator(
  job: coresdk.workflow_activation.IWorkflowActivationJob,
): coresdk.workflow_activation.IWorkflowActivationJob {
  return job.doUpdate ? { doUpdate: { ...job.doUpdate, runValidator: false } } : job;
}

function compare(
  task: number,
  before: readonly WorkflowCommand[],
  after: readonly WorkflowCommand[],
): void {
  const wanted = encodedOnce(before);
  const got = after.map(encoded);
  for (let index = 0; index < Math.max(wanted.length, got.length); index += 1) {
    if (wanted[index] === got[index]) continue;
    throw new NondeterminismError(
      `workflow task ${task}, command ${index + 1}: was ${shown(before[index])}, is now ${shown(after[index])}`,
    );
  }
}

const known = new WeakMap<readonly WorkflowCommand[], readonly string[]>();

function encodedOnce(commands: readonly WorkflowCommand[]): readonly string[] {
  const before = known.get(commands);
  if (before !== undefined) return before;
  const now = commands.map(encoded);
  known.set(commands, now);
  return now;
}

function encoded(command: WorkflowCommand): string {
  const bytes = coresdk.workflow_commands.WorkflowCommand.encode(command).finish();
  return Buffer.from(bytes).toString('latin1');
}

const LONGEST_SHOWN = 400;

function shown(command: WorkflowCommand | undefined): string {
  if (command === undefined) return 'nothing';
  const { scheduleActivity: activity } = command;
  if (!activity) return JSON.stringify(command).slice(0, LONGEST_SHOWN);
  const input = JSON.stringify(decodeAll(activity.arguments));
  return `${activity.activityType} ${input}`.slice(0, LONGEST_SHOWN);
}
