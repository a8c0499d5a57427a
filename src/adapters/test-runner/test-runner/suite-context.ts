import type { TestOrder } from '../../../ports/test-runner';
import type { Redact } from '../../inspection/run-command/redact-secrets';

export interface SuiteContext extends TestOrder {
  readonly signal: AbortSignal;
  readonly redact: Redact;
}

/** What a test command finds in its environment, beside what every command gets. */
export function suiteEnvironment(
  { artifact, root, parallelJobs }: SuiteContext,
  environments: readonly string[],
): Readonly<Record<string, string>> {
  return {
    BELAY_ARTIFACT: root,
    BELAY_ARTIFACT_DIGEST: artifact,
    BELAY_PARALLEL_JOBS: String(parallelJobs),
    ...(environments.length === 0 ? {} : { BELAY_TEST_ENVIRONMENTS: environments.join(',') }),
  };
}
