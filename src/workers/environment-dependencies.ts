import { createUnverifiedVerifier } from '../adapters/approval/unverified';
import { createLocalReadiness } from '../adapters/readiness/local-readiness';
import { createSecretScanner } from '../adapters/scanners/secretlint/secret-scanner';
import { createManifestValidator } from '../adapters/validators/manifest-validator';
import type { ActivityDependencies } from '../activities';
import { platformSocketPath } from '../platform/socket-path';
import { openAdapters } from './adapters';
import { mendPlatform } from './start-platform';

/** Everything that the activities of one local environment work with. */
export function environmentDependencies(
  home: string,
  log: ActivityDependencies['log'],
): ActivityDependencies {
  const { target, ...stores } = openAdapters(home);
  return {
    ...stores,
    ...target,
    checks: [createManifestValidator(), createSecretScanner()],
    readiness: createLocalReadiness({
      socketPath: platformSocketPath(home),
      startPlatform: () => mendPlatform(home, process.env),
    }),
    verifier: createUnverifiedVerifier(),
    clock: Date.now,
    log,
  };
}
