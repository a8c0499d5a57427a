import type { TestRunner } from '../../ports/test-runner';
import type { Redact } from '../inspection/run-command/redact-secrets';
import { ingestSuite } from './test-runner/ingest-suite';
import { runBuild } from './test-runner/run-build';
import { runIntegrationTests } from './test-runner/run-integration-tests';
import { runUnitTests } from './test-runner/run-unit-tests';

export interface TestRunnerOptions {
  /** Hides secrets in the names of failed tests, beside their known shapes. */
  readonly redact?: Redact;
  /** Epoch ms. */
  readonly clock?: () => number;
}

/** Runs the commands of the configuration on this host; where none is configured, reads what CI bound to the artifact. */
export function createTestRunner({
  redact = (text) => text,
  clock = Date.now,
}: TestRunnerOptions = {}): TestRunner {
  return {
    build: runBuild,
    async test(suite, order, signal) {
      const { unit, integration } = order.tests;
      if (suite === 'unit' && unit !== null)
        return runUnitTests(unit, { ...order, signal, redact });
      if (suite === 'integration' && integration !== null)
        return runIntegrationTests(integration, { ...order, signal, redact });
      return ingestSuite(suite, { ...order, signal, redact, nowMs: clock() });
    },
  };
}
