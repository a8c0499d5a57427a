import { nearestWord } from '../../../domain/format/nearest-word';
import type { HttpJsonSpec } from '../../../domain/monitoring/source-spec';
import { shortDigest } from '../../../domain/revision';
import type { ReadingCheck } from '../../../ports/reading-source';
import { checkSource, triedRevision, type CheckSurroundings } from '../../check-source';
import { completeWindows } from '../../reading-grid';
import type { SourceSession } from '../../source-session';
import { askEndpoint } from './ask-endpoint';
import type { AnsweredWindows } from './read-windows';

const WINDOWS_TRIED = 4;
const MOST_NAMED = 8;
const MOST_COMPARED = 500;
const LONGEST_NAME = 120;

/** What stands against each metric, one sentence each; what stands against the endpoint itself, as the only one. */
export function checkEndpoint(
  { session, nowMs }: CheckSurroundings<HttpJsonSpec>,
  query: ReadingCheck,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { spec } = session;
  return checkSource(session, { query, signal }, async (talk, metrics) => {
    const { last } = completeWindows(spec, { fromMs: 0, toMs: nowMs }, nowMs);
    const answered = await askEndpoint(talk, {
      spec,
      ref: query.ref,
      revision: triedRevision(query),
      metrics,
      windows: { first: last - WINDOWS_TRIED + 1, last },
    });
    const { stable } = query;
    if (stable === null) return [];
    return metrics.flatMap((metric) => {
      const problem = problemOf(answered, metric, talk);
      if (problem === null) return [];
      return [
        `The source ${spec.name} sees nothing for ${metric} of the revision that serves (${shortDigest(stable)}): ${problem}.`,
      ];
    });
  });
}

/** Null where one of the windows has a sample of it. */
function problemOf(
  answered: AnsweredWindows,
  metric: string,
  session: SourceSession,
): string | null {
  const seen = [...answered.values()].map((window) => window.get(metric) ?? null);
  if (seen.some((sample) => sample !== null && typeof sample !== 'string')) return null;
  const reason = seen.find((sample) => typeof sample === 'string');
  if (typeof reason === 'string') return reason;
  const names = namesIn(answered);
  if (names.length === 0)
    return `it answers no metrics for its last ${WINDOWS_TRIED} complete windows`;
  const meant = nearestWord(metric, names);
  const hint = meant === null ? '' : `; did you mean ${session.quote(meant)}?`;
  return `it answers ${session.quote(names.slice(0, MOST_NAMED).join(', '))}, and not this one${hint}`;
}

/** Comparing words takes time by their length and number, and both are the endpoint's. */
function namesIn(answered: AnsweredWindows): readonly string[] {
  const names = new Set<string>();
  for (const window of answered.values()) {
    for (const name of window.keys()) if (name.length <= LONGEST_NAME) names.add(name);
    if (names.size > MOST_COMPARED) break;
  }
  return [...names];
}
