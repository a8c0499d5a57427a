import type { WindowRange } from '../../reading-grid';
import type { SourceSession } from '../../source-session';
import { askPrometheus } from './ask-prometheus';

/** What a query said, window by window; one that is left out is one of which it saw nothing. */
export type WindowValues =
  | { readonly kind: 'values'; readonly byNumber: ReadonlyMap<number, number> }
  /** No window has a value; a second try would end the same, unless it may pass. */
  | { readonly kind: 'refused'; readonly reason: string; readonly mayPass: boolean };

export interface WindowQuery {
  readonly base: string;
  /** PromQL with nothing left to replace. */
  readonly query: string;
  readonly windows: WindowRange;
  readonly resolutionMs: number;
}

/** The query at the end of every window. Values may be NaN or infinite. */
export async function queryWindows(
  session: SourceSession,
  { base, query, windows, resolutionMs }: WindowQuery,
): Promise<WindowValues> {
  const endOf = (number: number): string => String(((number + 1) * resolutionMs) / 1_000);
  const answer = await askPrometheus(session, {
    base,
    path: 'query_range',
    parameters: [
      ['query', query],
      ['start', endOf(windows.first)],
      ['end', endOf(windows.last)],
      ['step', String(resolutionMs / 1_000)],
    ],
  });
  if (answer.kind === 'refused') return answer;
  if (answer.warning !== null)
    return { kind: 'refused', reason: `Prometheus warns: ${answer.warning}`, mayPass: true };
  const series = seriesOf(answer.data);
  if (series === null)
    throw session.unusable('answered a query with something that is not a range of values');
  if (series.length > 1) return refused(several(series.length));
  const [only] = series;
  return only === undefined
    ? { kind: 'values', byNumber: new Map() }
    : valuesOf(only, { windows, resolutionMs });
}

interface Series {
  readonly values?: unknown;
  readonly histograms?: unknown;
}

function seriesOf(data: unknown): readonly Series[] | null {
  if (typeof data !== 'object' || data === null) return null;
  const { resultType, result } = data as Record<string, unknown>;
  if (resultType !== 'matrix' || !Array.isArray(result)) return null;
  const list: readonly unknown[] = result;
  return list.every((item) => typeof item === 'object' && item !== null) ? list : null;
}

function refused(reason: string): WindowValues {
  return { kind: 'refused', reason, mayPass: false };
}

function several(count: number): string {
  return `the query answers ${count} series where one is needed: put sum(…) around it`;
}

function valuesOf(
  { values, histograms }: Series,
  { windows, resolutionMs }: Pick<WindowQuery, 'windows' | 'resolutionMs'>,
): WindowValues {
  if (histograms !== undefined)
    return refused('the query answers histograms where numbers are needed');
  const byNumber = new Map<number, number>();
  for (const point of Array.isArray(values) ? (values as unknown[]) : []) {
    const [atSeconds, text] = Array.isArray(point) ? (point as unknown[]) : [];
    const number = (Number(atSeconds) * 1_000) / resolutionMs - 1;
    const place = Math.round(number);
    const isAsked = place >= windows.first && place <= windows.last;
    if (!isAsked || Math.abs(number - place) > 1e-6) continue;
    byNumber.set(place, numberOf(text));
  }
  return { kind: 'values', byNumber };
}

function numberOf(text: unknown): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
}
