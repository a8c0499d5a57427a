import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExternalTool } from '../../../domain/checks/policy';
import type { CheckContext, CheckSubject } from '../../../ports/check-subject';
import { runCommand, type CommandEnd } from '../../inspection/run-command/run-command';
import { findExecutable } from './find-executable';
import { openRoot } from './root-for-tool';
import { withoutAnswer, type ToolAnswer } from './tool-outcome';

export type RunTool = Extract<ExternalTool, { readonly kind: 'run' }>;

export interface RunToolContext {
  readonly subject: CheckSubject;
  readonly context: CheckContext;
  readonly imports: (path: string, root: string) => Promise<ToolAnswer>;
}

const NOT_PINNED = 'its executable is not pinned by sha256';

/**
 * Runs a tool in an empty folder outside of what it scans, and reads the report that it was told to write. Nothing it
 * prints counts, and its exit code only as far as the configuration says which codes mean that it looked.
 */
export async function runToReport(tool: RunTool, order: RunToolContext): Promise<ToolAnswer> {
  const executable = await findExecutable(tool, order.subject.root);
  if (executable.kind !== 'found') return withoutAnswer(executable.kind, executable.reason);
  const folder = await mkdtemp(join(tmpdir(), 'belay-tool-'));
  try {
    const answer = await runIn(folder, { ...order, tool, executable: executable.path });
    return tool.sha256 === null ? { ...answer, notes: [...answer.notes, NOT_PINNED] } : answer;
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

interface Run extends RunToolContext {
  readonly tool: RunTool;
  readonly executable: string;
}

async function runIn(folder: string, run: Run): Promise<ToolAnswer> {
  const { tool, executable, imports } = run;
  const { subject, context } = run;
  const [report, cwd] = [join(folder, 'report.sarif'), join(folder, 'empty')];
  await mkdir(cwd);
  const { root, notes } = await openRoot(subject, join(folder, 'root'), context.signal);
  const words = tool.command
    .slice(1)
    .map((word) => word.replaceAll('{root}', root).replaceAll('{report}', report));
  const end = await runCommand({
    ...{ command: [executable, ...words], cwd, env: {} },
    ...{ timeoutMs: tool.timeoutMs, signal: context.signal },
  });
  context.signal.throwIfAborted();
  const unfinished = unfinishedOf(end, tool);
  if (unfinished !== null) return unfinished;
  const answer = await imports(report, root);
  return { ...answer, notes: [...answer.notes, ...notes] };
}

/** Null where it ended as a tool does that has looked. */
function unfinishedOf(end: CommandEnd, { timeoutMs, exitCodes }: RunTool): ToolAnswer | null {
  switch (end.kind) {
    case 'exited':
      return exitCodes.includes(end.code)
        ? null
        : withoutAnswer('failed', `it exited with ${end.code}, which does not say that it looked`);
    case 'timed-out':
      return withoutAnswer('timed-out', `it took longer than ${timeoutMs} ms and was ended`);
    case 'signalled':
      return withoutAnswer('failed', `it was ended by ${end.signal}`);
    case 'not-found':
      return withoutAnswer('unavailable', 'its executable was not found');
    case 'not-started':
      return withoutAnswer('unavailable', `it could not be started: ${end.reason}`);
    case 'cancelled':
      return withoutAnswer('failed', 'it was ended because nobody waits for it');
  }
}
