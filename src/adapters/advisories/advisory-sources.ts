import type { AdvisorySource, OpenAdvisorySources } from '../../ports/advisory-source';
import { bulkEndpoint } from './advisory-sources/bulk-endpoint';
import { npmRegistry, type Environment } from './advisory-sources/npm-registry';
import { OSV_API, osvApi } from './advisory-sources/osv-api';
import { recordAddress, recordFile } from './advisory-sources/record-source';
import { SOURCE_LIMITS, type SourceLimits } from './advisory-sources/source-limits';
import { withCanary } from './advisory-sources/with-canary';

export interface AdvisorySourceOptions {
  /** The environment that npm is asked in. */
  readonly env: Environment;
  readonly limits?: SourceLimits;
  /** The registry to ask; by default the one of the person's own npm configuration. Null: there is none. */
  readonly registry?: (signal: AbortSignal) => Promise<string | null>;
  readonly osvApiBase?: string;
}

/**
 * The sources of advisories in the order in which they are asked. With `policy.source`, that and nothing else; without, the
 * registry's bulk endpoint, which knows npm, and the OSV API.
 */
export function createAdvisorySources({
  env,
  limits = SOURCE_LIMITS,
  registry = (signal) => npmRegistry(env, signal),
  osvApiBase = OSV_API,
}: AdvisorySourceOptions): OpenAdvisorySources {
  return async ({ source }, signal): Promise<readonly AdvisorySource[]> => {
    if (source !== null) return [configuredSource(source, limits)];
    const address = await registry(signal);
    const bulk = address === null ? [] : [withCanary(bulkEndpoint(address, limits))];
    return [...bulk, withCanary(osvApi(osvApiBase, limits))];
  };
}

function configuredSource(source: string, limits: SourceLimits): AdvisorySource {
  if (!/^https?:\/\//i.test(source)) return recordFile(source);
  return recordAddress(source, limits, withCanary(osvApi(source, limits)));
}
