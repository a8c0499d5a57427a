import type { InfrastructureResource } from '../../../inspection/infrastructure/infrastructure-resource';
import type { Place, Thing } from '../model/thing';

/** What a resource means for the rules. `all`: the resources declared beside it, for what is said elsewhere about it. */
export type Reader = (
  resource: InfrastructureResource,
  all: readonly InfrastructureResource[],
) => readonly Thing[];

export type Readers = Readonly<Record<string, Reader>>;

export function placeOf({ path, line, address }: InfrastructureResource): Place {
  return { path, line, address };
}
