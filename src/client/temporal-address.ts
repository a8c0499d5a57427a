import { readFileSync } from 'node:fs';
import { homeLayout } from '../domain/home-layout';

export const DEFAULT_TEMPORAL_ADDRESS = '127.0.0.1:7233';

export interface TemporalAddress {
  readonly address: string;
  /** What named it: the environment, the processes that `belay up` started, or nothing. */
  readonly from: 'TEMPORAL_ADDRESS' | 'processes' | 'default';
}

/** `TEMPORAL_ADDRESS`, else the server that `belay up` started in this home, else the default port. */
export function temporalAddress(home: string, env: NodeJS.ProcessEnv): TemporalAddress {
  const given = env['TEMPORAL_ADDRESS'];
  if (given !== undefined && given !== '') return { address: given, from: 'TEMPORAL_ADDRESS' };
  const started = startedAddress(homeLayout(home).processes);
  if (started !== null) return { address: started, from: 'processes' };
  return { address: DEFAULT_TEMPORAL_ADDRESS, from: 'default' };
}

function startedAddress(file: string): string | null {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly temporal?: { readonly address?: unknown } | null;
    };
    const address = record.temporal?.address;
    return typeof address === 'string' ? address : null;
  } catch {
    return null;
  }
}
