import type { BuildEvidence } from '../../../domain/checks/test-evidence';
import type { TestRunner } from '../../../ports/test-runner';
import { runCommand } from '../../inspection/run-command/run-command';
import { commandProblem } from './command-problem';

/** @throws the signal's reason */
export const runBuild: TestRunner['build'] = async (
  { build: { command, timeoutMs }, folder, parallelJobs },
  signal,
): Promise<BuildEvidence | null> => {
  if (command === null) return null;
  const env = { BELAY_PARALLEL_JOBS: String(parallelJobs) };
  const end = await runCommand({ command, cwd: folder, env, timeoutMs, signal });
  signal.throwIfAborted();
  const reason = commandProblem(end, timeoutMs);
  return { succeeded: reason === null, reason, durationMs: end.durationMs };
};
