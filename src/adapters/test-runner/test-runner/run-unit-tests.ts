import type { UnitTestPolicy } from '../../../domain/checks/policy';
import type { TestEvidence } from '../../../domain/checks/test-evidence';
import { runSuite } from './run-suite';
import { suiteEnvironment, type SuiteContext } from './suite-context';
import { suiteEvidence } from './suite-evidence';

/** @throws the signal's reason */
export async function runUnitTests(
  { command, timeoutMs, reportPath, coveragePath }: UnitTestPolicy,
  context: SuiteContext,
): Promise<TestEvidence> {
  const { folder, signal, redact } = context;
  const env = suiteEnvironment(context, []);
  const run = await runSuite({
    ...{ command, folder, env, timeoutMs, reportPath, coveragePath, signal },
  });
  return { suite: 'unit', source: 'command', ...suiteEvidence(run, { timeoutMs, redact }) };
}
