import { formatDuration } from '../../../domain/format/duration';
import { nearestWord } from '../../../domain/format/nearest-word';
import { shortDigest, type Digest } from '../../../domain/revision';
import type { SourceSession } from '../../source-session';
import { askPrometheus } from './ask-prometheus';
import type { MetricCheck } from './check-prometheus';
import { expandQuery } from './expand-query';
import { metricNames, revisionLabel } from './query-words';

export interface Silence extends MetricCheck {
  readonly stable: Digest;
  /** The query that answered nothing, as it is configured. */
  readonly text: string;
  /** How the metric and the part of it are called. */
  readonly place: string;
}

/** Why a query sees nothing of a revision that serves: an unknown name, a missing label, a window that is too short. */
export async function explainSilence(session: SourceSession, silence: Silence): Promise<string> {
  const begin = `The source ${silence.spec.name} sees nothing for ${silence.place} of the revision that serves`;
  const why =
    (await unknownName(session, silence)) ??
    (await missingLabel(session, silence)) ??
    (await shortWindow(session, silence)) ??
    'its query answers nothing. If that means none, end it with `or vector(0)`; else look at it in Prometheus';
  return `${begin} (${shortDigest(silence.stable)}): ${why}.`;
}

/** Names longer ago than an hour are of what is gone. */
const LOOK_BACK_MS = 3_600_000;
const MOST_COMPARED = 50_000;
const MOST_NAMED = 8;

async function unknownName(session: SourceSession, silence: Silence): Promise<string | null> {
  const names = metricNames(silence.text);
  const known = await list(session, silence, { path: 'label/__name__/values' });
  if (known === null || names.length === 0) return null;
  const all = new Set(known);
  const unknown = names.find((name) => !all.has(name));
  if (unknown === undefined) return null;
  const meant = nearestWord(unknown, similar(unknown, known));
  const hint = meant === null ? '' : `; did you mean ${session.quote(meant)}?`;
  return `Prometheus has no metric ${session.quote(unknown)}${hint}`;
}

/** Only such as could be near: there may be very many. */
function similar(word: string, known: readonly string[]): readonly string[] {
  const slack = Math.max(1, Math.floor(word.length / 3));
  return known
    .filter((name) => Math.abs(name.length - word.length) <= slack)
    .slice(0, MOST_COMPARED);
}

async function missingLabel(session: SourceSession, silence: Silence): Promise<string | null> {
  const [name] = metricNames(silence.text);
  const label = revisionLabel(silence.text);
  if (name === undefined || label === null) return null;
  const labels = await list(session, silence, { path: 'labels', metric: name });
  if (labels === null || labels.length === 0) return null;
  if (!labels.includes(label))
    return `the series of ${name} have no label ${label}, only ${some(session, labels)}. Give them one with the value of BELAY_REVISION, which every instance has in its environment`;
  const values = await list(session, silence, { path: `label/${label}/values`, metric: name });
  if (values === null || values.includes(silence.stable)) return null;
  return `no series of ${name} has ${label}="${silence.stable}". Its values are ${some(session, values)}; let the service put BELAY_REVISION there`;
}

/** A rise needs two scrapes inside of the window. */
async function shortWindow(
  session: SourceSession,
  { spec, query, stable, text, nowMs }: Silence,
): Promise<string | null> {
  const windowMs = Math.max(300_000, spec.resolutionMs * 4);
  const answer = await askPrometheus(session, {
    base: spec.url,
    path: 'query',
    parameters: [
      ['query', expandQuery(text, { ref: query.ref, revision: stable, windowMs })],
      ['time', String((nowMs - spec.lagMs) / 1_000)],
    ],
  });
  if (answer.kind !== 'data' || !/\$\{?window/.test(text)) return null;
  const { result } = (answer.data ?? {}) as { readonly result?: unknown };
  if (!Array.isArray(result) || result.length === 0) return null;
  return `windows of ${formatDuration(spec.resolutionMs)} are too short for how often Prometheus scrapes. Let \`resolution\` be at least four times the scrape interval`;
}

/** A list of names from Prometheus; null where it has no such call. */
async function list(
  session: SourceSession,
  { spec, nowMs }: Silence,
  { path, metric }: { readonly path: string; readonly metric?: string },
): Promise<readonly string[] | null> {
  const answer = await askPrometheus(session, {
    base: spec.url,
    path,
    parameters: [
      ['start', String(Math.floor((nowMs - LOOK_BACK_MS) / 1_000))],
      ['end', String(Math.ceil(nowMs / 1_000))],
      ...(metric === undefined ? [] : [['match[]', metric] as const]),
    ],
  });
  if (answer.kind === 'refused' || !Array.isArray(answer.data)) return null;
  return (answer.data as unknown[]).filter((item) => typeof item === 'string');
}

function some(session: SourceSession, names: readonly string[]): string {
  const shown = names.filter((name) => name !== '__name__').slice(0, MOST_NAMED);
  const more = names.length > MOST_NAMED + 1 ? ', …' : '';
  return shown.length === 0 ? 'none' : session.quote(shown.join(', ')) + more;
}
