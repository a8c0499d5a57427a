import { get } from 'node:http';
import type { HealthCheck } from '../../domain/revision';
import { messageOf } from '../platform-error';

/**
 * Asks an instance once whether it can serve, over a connection of its own. Null when it answered 2xx in time, else
 * what went wrong. Never rejects.
 */
export function probe(port: number, check: HealthCheck): Promise<string | null> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(check.timeoutMs);
    const settle = (error: Error): void =>
      resolve(signal.aborted ? `no answer in ${check.timeoutMs} ms` : messageOf(error));
    try {
      const request = get(
        { host: '127.0.0.1', port, path: check.path, agent: false, signal },
        (response) => {
          const status = response.statusCode ?? 0;
          response.on('error', () => undefined);
          resolve(status >= 200 && status < 300 ? null : `answered ${status}`);
          response.destroy();
        },
      );
      request.on('error', settle);
    } catch (error) {
      settle(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
