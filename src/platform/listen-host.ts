import { isIP } from 'node:net';

/** What is told about a host that cannot be used. */
export const LISTEN_HOST_RULE =
  '--listen-host (or BELAY_LISTEN_HOST) must be an IP address, like 127.0.0.1, 0.0.0.0 or ::';

/**
 * Where the services of this platform listen unless an order names a host: the flag, else `BELAY_LISTEN_HOST`, else
 * loopback. Null where that is no IP address: a name could come to mean another interface later.
 */
export function listenHost(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const given = flag ?? (env['BELAY_LISTEN_HOST'] || '127.0.0.1');
  return isIP(given) === 0 ? null : given;
}
