import { loadConfig } from '../config/load-config-file';
import { missingKeys } from '../config/missing-keys';

export interface ServiceNames {
  readonly service: string;
  /** In the order of the file, at least one. */
  readonly environments: readonly string[];
}

/** What the `belay.yaml` of a folder is about. @throws BelayError `CONFIG_MISSING`, `CONFIG_INVALID` */
export async function readServiceNames(directory: string): Promise<ServiceNames> {
  const { service, environments, file } = await loadConfig(directory);
  if (service === null) throw missingKeys(file, ['service']);
  return { service, environments: environments.map(({ name }) => name) };
}
