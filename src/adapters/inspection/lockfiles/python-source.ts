import type { ComponentSource } from '../../../domain/checks/component';
import { isDefaultRegistryHost } from './default-registry-hosts';

/** Where Python's archives come from: of all their addresses the one that a person would look at first. */
export function pythonSource(addresses: readonly (string | null)[]): ComponentSource {
  const hosts = addresses.flatMap((address) => {
    if (address === null) return [];
    if (!URL.canParse(address)) return [{ host: '', secure: false }];
    const { host, protocol } = new URL(address);
    return [{ host, secure: protocol === 'https:' }];
  });
  const insecure = hosts.find(({ secure }) => !secure);
  const foreign = hosts.find(({ host }) => !isDefaultRegistryHost('PyPI', host));
  const shown = insecure ?? foreign ?? hosts[0];
  return shown === undefined
    ? { kind: 'registry', host: null, secure: true }
    : { kind: 'registry', ...shown };
}
