import type { IntegrationTestPolicy } from '../../../domain/checks/policy';
import type { TestEvidence } from '../../../domain/checks/test-evidence';
import { runCommand } from '../../inspection/run-command/run-command';
import { commandProblem } from './command-problem';
import { runSuite } from './run-suite';
import { suiteEnvironment, type SuiteContext } from './suite-context';
import { nothingFrom, suiteEvidence, type RunEvidence } from './suite-evidence';
import { sumRuns } from './sum-runs';

interface OneRun {
  readonly policy: IntegrationTestPolicy;
  readonly context: SuiteContext;
  readonly env: Readonly<Record<string, string>>;
}

/** One run for each environment, one after the other, each with fresh data. @throws the signal's reason */
export async function runIntegrationTests(
  policy: IntegrationTestPolicy,
  context: SuiteContext,
): Promise<TestEvidence> {
  const { environments } = policy;
  const shared = suiteEnvironment(context, environments);
  const runs = new Map<string, RunEvidence>();
  for (const environment of environments) {
    const env = { ...shared, BELAY_TEST_ENVIRONMENT: environment };
    runs.set(environment, await runOnce({ policy, context, env }));
  }
  return { suite: 'integration', source: 'command', ...sumRuns(runs) };
}

async function runOnce({ policy, context, env }: OneRun): Promise<RunEvidence> {
  const { command, timeoutMs, reportPath, seed } = policy;
  const { folder, signal, redact } = context;
  if (seed !== null) {
    const end = await runCommand({ command: seed, cwd: folder, env, timeoutMs, signal });
    signal.throwIfAborted();
    const problem = commandProblem(end, timeoutMs);
    const reason = `the data were not seeded: ${problem ?? ''}`;
    if (problem !== null) return nothingFrom('missing', reason, end.durationMs);
  }
  const run = await runSuite({
    ...{ command, folder, env, timeoutMs, reportPath, coveragePath: null, signal },
  });
  return suiteEvidence(run, { timeoutMs, redact });
}
