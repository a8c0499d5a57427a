import { built } from '../../tools/demo/built.mjs';

const answerWithinMs = 10_000;

/**
 * Reads what the router of a service has counted.
 *
 * @param {import('../throwaway/throwaway-home.mjs').ThrowawayHome} ground
 * @returns {(service: string, fromMs: number) => Promise<readonly import('../../src/platform/admin-api').MetricsWindow[]>}
 */
export function routerMetrics({ home, environment }) {
  const { createPlatformClient, servicePath } = built('adapters/platform-client.js');
  const { platformSocketPath } = built('platform/socket-path.js');
  const client = createPlatformClient(platformSocketPath(home));
  return async (service, fromMs) => {
    const path = servicePath({ service, environment }, `/metrics?from=${Math.max(0, fromMs)}`);
    const answer = await client.read(path, AbortSignal.timeout(answerWithinMs));
    return answer?.windows ?? [];
  };
}
