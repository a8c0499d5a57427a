import { createUnverifiedVerifier } from '../adapters/approval/unverified';
import { createPlatformProbes } from '../adapters/metrics/platform-probes/platform-probes';
import { createReadingSources } from '../adapters/open-reading-source';
import { createLocalReadiness } from '../adapters/readiness/local-readiness';
import type { ActivityDependencies } from '../activities';
import { platformSocketPath } from '../platform/socket-path';
import { openAdapters } from './adapters';
import { createCheckTools } from './check-tools';
import { ownVersion } from './own-version';
import { homeOutbox } from './home-outbox';
import { mendPlatform } from './start-platform';

/** Everything that the activities of one local environment work with. */
export async function environmentDependencies(
  home: string,
  log: ActivityDependencies['log'],
): Promise<ActivityDependencies> {
  const { target, ...stores } = openAdapters(home);
  const socketPath = platformSocketPath(home);
  return {
    ...stores,
    ...target,
    probes: createPlatformProbes({ socketPath, intervalMs: target.capabilities.resolutionMs }),
    openReadingSource: createReadingSources({ home }),
    notifier: homeOutbox({ home, log }),
    checks: await createCheckTools({ home, env: process.env }),
    readiness: createLocalReadiness({
      socketPath,
      startPlatform: () => mendPlatform(home, process.env),
    }),
    verifier: createUnverifiedVerifier(),
    clock: Date.now,
    version: ownVersion(),
    log,
  };
}
