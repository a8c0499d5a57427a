import { createUnverifiedVerifier } from '../adapters/approval/unverified';
import { createLocalReadiness } from '../adapters/readiness/local-readiness';
import type { ActivityDependencies } from '../activities';
import { platformSocketPath } from '../platform/socket-path';
import { openAdapters } from './adapters';
import { createCheckTools } from './check-tools';
import { ownVersion } from './own-version';
import { mendPlatform } from './start-platform';

/** Everything that the activities of one local environment work with. */
export async function environmentDependencies(
  home: string,
  log: ActivityDependencies['log'],
): Promise<ActivityDependencies> {
  const { target, ...stores } = openAdapters(home);
  return {
    ...stores,
    ...target,
    checks: await createCheckTools({ home, env: process.env }),
    readiness: createLocalReadiness({
      socketPath: platformSocketPath(home),
      startPlatform: () => mendPlatform(home, process.env),
    }),
    verifier: createUnverifiedVerifier(),
    clock: Date.now,
    version: ownVersion(),
    log,
  };
}
