import { ratioSample, valueSample, type SampleOrReason } from '../../sample-of';

/** What an answer says, by window number and metric; metrics and windows in it that nobody asked for included. */
export type AnsweredWindows = ReadonlyMap<number, ReadonlyMap<string, SampleOrReason>>;

/** Where an answer breaks the format. */
export class FormatProblem extends Error {}

const MOST_ENTRIES = 20_000;
const MOST_METRICS = 200;

/**
 * Reads an answer of the format in docs/monitoring.md. A window of which two entries differ, and one in which a counter falls,
 * has a reason in place of its sample.
 * @throws FormatProblem without any text of the answer
 */
export function readWindows(body: unknown, resolutionMs: number): AnsweredWindows {
  const { windows, counters, schemaVersion } = objectOf(body, 'the answer');
  if (schemaVersion !== undefined && schemaVersion !== 1)
    throw new FormatProblem('`schemaVersion` is not 1');
  if (windows !== undefined) return readCounted(entriesOf(windows, 'windows'), resolutionMs);
  if (counters !== undefined) return readCounters(entriesOf(counters, 'counters'), resolutionMs);
  throw new FormatProblem('it has neither `windows` nor `counters`');
}

function readCounted(entries: readonly unknown[], resolutionMs: number): AnsweredWindows {
  const answered = new Map<number, Map<string, SampleOrReason>>();
  entries.forEach((entry, index) => {
    const place = `windows[${index}]`;
    const { from, metrics } = objectOf(entry, place);
    const number = numberOnGrid(from, { place: `${place}.from`, resolutionMs });
    const window = answered.get(number) ?? new Map<string, SampleOrReason>();
    answered.set(number, window);
    for (const [metric, block] of metricsOf(metrics, place)) {
      const sample = sampleOf(block);
      window.set(metric, window.has(metric) ? same(window.get(metric), sample) : sample);
    }
  });
  return answered;
}

/** Counters at the ends of windows: a window is the rise between its two ends. */
function readCounters(entries: readonly unknown[], resolutionMs: number): AnsweredWindows {
  const ends = new Map<number, ReadonlyMap<string, unknown>>();
  entries.forEach((entry, index) => {
    const place = `counters[${index}]`;
    const { at, metrics } = objectOf(entry, place);
    const number = numberOnGrid(at, { place: `${place}.at`, resolutionMs });
    if (ends.has(number)) throw new FormatProblem(`${place}.at is there twice`);
    ends.set(number, new Map(metricsOf(metrics, place)));
  });
  const answered = new Map<number, ReadonlyMap<string, SampleOrReason>>();
  for (const [number, begin] of ends) {
    const end = ends.get(number + 1);
    if (end === undefined) continue;
    const both = [...end].filter(([metric]) => begin.has(metric));
    answered.set(
      number,
      new Map(both.map(([metric, block]) => [metric, riseOf(begin.get(metric), block)])),
    );
  }
  return answered;
}

function riseOf(before: unknown, after: unknown): SampleOrReason {
  const [from, to] = [sampleOf(before), sampleOf(after)];
  if (typeof from === 'string' || typeof to === 'string') return typeof to === 'string' ? to : from;
  if (from?.kind !== 'ratio' || to?.kind !== 'ratio') return 'counters need `events` and `of`';
  const [events, of] = [to.events - from.events, to.of - from.of];
  if (events < 0 || of < 0) return 'its counter fell: whoever counts was started anew';
  return { kind: 'ratio', events, of };
}

/** `{events, of}`, or `{value, samples}` with 1 sample where none is given; null: not seen. */
function sampleOf(block: unknown): SampleOrReason {
  if (block === null) return null;
  if (typeof block !== 'object' || Array.isArray(block)) return 'it is no object';
  const { events, of, value, samples = 1 } = block as Readonly<Record<string, unknown>>;
  if (value !== undefined) return measured(value, samples);
  if (typeof events === 'number' && typeof of === 'number') return ratioSample(events, of);
  return 'it has neither `value` nor both `events` and `of` as numbers';
}

function measured(value: unknown, samples: unknown): SampleOrReason {
  if (typeof value !== 'number') return '`value` is no number';
  if (typeof samples !== 'number' || !Number.isFinite(samples) || samples < 0)
    return '`samples` is no count';
  return valueSample(value, samples);
}

function same(one: SampleOrReason | undefined, other: SampleOrReason): SampleOrReason {
  return JSON.stringify(one) === JSON.stringify(other)
    ? other
    : 'it was answered twice, and differently';
}

function numberOnGrid(
  ms: unknown,
  { place, resolutionMs }: { readonly place: string; readonly resolutionMs: number },
): number {
  if (typeof ms !== 'number' || !Number.isFinite(ms))
    throw new FormatProblem(`${place} is no time in ms`);
  if (ms % resolutionMs !== 0)
    throw new FormatProblem(`${place} is no multiple of the interval, ${resolutionMs} ms`);
  return ms / resolutionMs;
}

function metricsOf(metrics: unknown, place: string): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(objectOf(metrics, `${place}.metrics`));
  if (entries.length > MOST_METRICS)
    throw new FormatProblem(`${place}.metrics has more than ${MOST_METRICS} entries`);
  return entries;
}

function entriesOf(list: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(list)) throw new FormatProblem(`\`${place}\` is no list`);
  if (list.length > MOST_ENTRIES)
    throw new FormatProblem(`\`${place}\` has more than ${MOST_ENTRIES} entries`);
  return list;
}

function objectOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new FormatProblem(`${place} is no object`);
}
