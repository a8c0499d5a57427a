/* eslint-disable @typescript-eslint/no-require-imports -- Loaded when a command needs it: see lazy-commands.ts. */
import type * as AdapterChoice from '../workers/adapters';
import type { Adapters } from '../workers/adapters';
import type { CliContext } from './context';

/** The adapters of this host's home: ledger, holds, target; none of them needs Temporal. */
export function openHome({ home }: Pick<CliContext, 'home'>): Adapters {
  return (require('../workers/adapters') as typeof AdapterChoice).openAdapters(home);
}
