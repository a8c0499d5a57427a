import { isIP } from 'node:net';

export interface MetricsAddress {
  readonly host: string;
  readonly port: number;
}

/** Where `belay up` lets the platform serve them: the port spells BELAY on a telephone. */
export const DEFAULT_METRICS_ADDRESS = '127.0.0.1:23529';

/** What is told about an address that cannot be used. */
export const METRICS_ADDRESS_RULE =
  '--metrics (or BELAY_METRICS) must be an IP address and a port, like 127.0.0.1:23529 or [::1]:23529, or off';

/**
 * Where `/metrics` is served beside the admin socket: the flag, else `BELAY_METRICS`; `off` without either. Null where it is no
 * address: a name could come to mean another interface later.
 */
export function metricsAddress(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): MetricsAddress | 'off' | null {
  const given = flag ?? (env['BELAY_METRICS'] || 'off');
  return given === 'off' ? 'off' : addressOf(given);
}

const ADDRESS = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/;

function addressOf(text: string): MetricsAddress | null {
  const [, bracketed, plain, digits = ''] = ADDRESS.exec(text) ?? [];
  const host = bracketed ?? plain ?? '';
  const port = Number(digits);
  const isRight = isIP(host) === (bracketed === undefined ? 4 : 6);
  return isRight && port <= 65_535 ? { host, port } : null;
}
