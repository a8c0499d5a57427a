import type { ServiceRef } from '../../../domain/deployment';
import type { HttpJsonSpec } from '../../../domain/monitoring/source-spec';
import type { Digest } from '../../../domain/revision';
import type { WindowRange } from '../../reading-grid';
import { jsonOf } from '../../source-answer';
import type { SourceSession } from '../../source-session';
import { FormatProblem, readWindows, type AnsweredWindows } from './read-windows';

export interface EndpointCall {
  readonly spec: HttpJsonSpec;
  readonly ref: ServiceRef;
  readonly revision: Digest;
  readonly metrics: readonly string[];
  readonly windows: WindowRange;
}

/** One GET for one revision: `URL?service&environment&revision&from&to&interval&metrics`. */
export async function askEndpoint(
  session: SourceSession,
  call: EndpointCall,
): Promise<AnsweredWindows> {
  const { resolutionMs } = call.spec;
  const body = jsonOf(session, await session.get(urlOf(call)));
  try {
    return readWindows(body, resolutionMs);
  } catch (error) {
    if (!(error instanceof FormatProblem)) throw error;
    throw session.unusable(
      `answered JSON that is not in the format of docs/monitoring.md: ${error.message}`,
      'Correct what the endpoint answers.',
    );
  }
}

/** What the address has of its own stays, so that one endpoint may serve several environments. */
function urlOf({ spec, ref, revision, metrics, windows }: EndpointCall): URL {
  const url = new URL(spec.url);
  const parameters = {
    service: ref.service,
    environment: ref.environment,
    revision,
    from: windows.first * spec.resolutionMs,
    to: (windows.last + 1) * spec.resolutionMs,
    interval: spec.resolutionMs,
    metrics: metrics.join(','),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
  return url;
}
