import type { ServiceRef } from '../domain/deployment';
import type { LinePlace } from '../domain/line/line-view';
import { refsOfDeploymentId } from './deployment-id';
import { readLine } from './read-line';
import type { TemporalRuns } from './temporal-runs';

export interface PlaceInLine extends LinePlace {
  readonly ref: ServiceRef;
}

/** Where a deployment waits; null: in no line that its id may belong to. @throws BelayError `NO_WORKER` */
export async function placeInLine(
  runs: TemporalRuns,
  deployment: string,
): Promise<PlaceInLine | null> {
  for (const ref of refsOfDeploymentId(deployment)) {
    const { waiting } = await readLine(runs, ref);
    const place = waiting.find(({ deploymentId }) => deploymentId === deployment);
    if (place !== undefined) return { ...place, ref };
  }
  return null;
}
