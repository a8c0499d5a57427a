import { messageOf } from '../../domain/errors';
import type { ReadinessIssue } from '../../domain/readiness';
import type { EnvironmentReadiness } from '../../ports/environment-readiness';
import { createPlatformClient } from '../platform-client';
import { probeDependency } from './local-readiness/probe-dependency';

export interface LocalReadinessOptions {
  /** The admin socket of the platform. */
  readonly socketPath: string;
  /** Starts the platform of this home; resolves when the start was made. May find it running already. */
  readonly startPlatform: () => Promise<void>;
  /** How long one dependency, or the platform after its start, may take to answer. Default 5 s. */
  readonly timeoutMs?: number;
}

const RETRY_MS = 100;

/** Whether the local platform and what the service depends on answer. Mends a platform that is down, nothing else. */
export function createLocalReadiness({
  socketPath,
  startPlatform,
  timeoutMs = 5_000,
}: LocalReadinessOptions): EnvironmentReadiness {
  const platform = createPlatformClient(socketPath);
  const platformIssue = async (signal: AbortSignal): Promise<ReadinessIssue | null> => {
    try {
      await platform.call({ method: 'GET', path: '/v1/platform', timeoutMs }, signal);
      return null;
    } catch (error) {
      signal.throwIfAborted();
      return { address: socketPath, problem: messageOf(error) };
    }
  };

  return {
    async check({ target, dependsOn }, signal) {
      signal.throwIfAborted();
      const issues = await Promise.all([
        target.kind === 'local' ? platformIssue(signal) : null,
        ...dependsOn.map((address) => probeDependency(address, timeoutMs, signal)),
      ]);
      signal.throwIfAborted();
      const found = issues.filter((issue) => issue !== null);
      return { ready: found.length === 0, issues: found };
    },

    async repair({ target }, signal) {
      if (target.kind !== 'local' || (await platformIssue(signal)) === null) return [];
      try {
        await startPlatform();
      } catch (error) {
        return [`tried to start the platform: ${messageOf(error)}`];
      }
      const issue = await untilHealthy(() => platformIssue(signal), timeoutMs, signal);
      return [
        issue === null ? 'started the platform' : 'started the platform, which does not answer yet',
      ];
    },
  };
}

async function untilHealthy(
  probe: () => Promise<ReadinessIssue | null>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ReadinessIssue | null> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const issue = await probe();
    if (issue === null || Date.now() >= deadlineMs) return issue;
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
