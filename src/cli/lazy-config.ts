/* eslint-disable @typescript-eslint/no-require-imports -- Reading belay.yaml needs zod, which a rollback that names its
   deployment should not wait for: see lazy-commands.ts. */
import type * as BringBack from './bring-back';
import type * as ServiceNames from './service-names';

export function loadServiceNames(): typeof ServiceNames {
  return require('./service-names') as typeof ServiceNames;
}

export function loadBringBack(): typeof BringBack {
  return require('./bring-back') as typeof BringBack;
}
