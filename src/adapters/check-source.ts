import type { NamedMetric } from '../domain/analysis/criterion';
import { BelayError } from '../domain/errors';
import { nearestWord } from '../domain/format/nearest-word';
import type { SourceSpec } from '../domain/monitoring/source-spec';
import type { Digest } from '../domain/revision';
import type { ReadingCheck } from '../ports/reading-source';
import { withSource, type SessionOptions, type SourceSession } from './source-session';

/** Nobody serves under it. */
const NOBODY: Digest = `sha256:${'0'.repeat(64)}`;

/** Whose numbers are asked for to try a question: stable's, and nobody's where nothing serves yet. */
export function triedRevision({ stable }: ReadingCheck): Digest {
  return stable ?? NOBODY;
}

export interface SourceCheck {
  readonly query: ReadingCheck;
  readonly signal: AbortSignal;
}

/** The source that is looked at, and when. */
export interface CheckSurroundings<Spec extends SourceSpec> {
  readonly session: SessionOptions & { readonly spec: Spec };
  readonly nowMs: number;
}

/**
 * A sentence for each metric that the source does not have, then what `look` finds about the others; where the source cannot be
 * used at all, the sentence for that and no other.
 */
export async function checkSource(
  options: SessionOptions,
  { query, signal }: SourceCheck,
  look: (session: SourceSession, metrics: readonly NamedMetric[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const { spec } = options;
  const known = query.metrics.filter((metric) => Object.hasOwn(spec.metrics, metric));
  const sentences = unknownMetrics(spec, query.metrics);
  if (known.length === 0) return sentences;
  try {
    const found = await withSource(options, signal, (session) => look(session, known));
    return [...sentences, ...found];
  } catch (error) {
    if (!(error instanceof BelayError)) throw error;
    return [`${error.message}${error.next === undefined ? '' : ` ${error.next}`}`];
  }
}

/** Says of each metric that the source does not have which one was probably meant. */
export function unknownMetrics(
  { name, metrics }: SourceSpec,
  asked: readonly string[],
): readonly string[] {
  const known = Object.keys(metrics);
  return asked
    .filter((metric) => !known.includes(metric))
    .map((metric) => {
      const meant = nearestWord(metric, known);
      const hint = meant === null ? '' : ` Did you mean ${meant}?`;
      return `The metric source ${name} knows no ${metric}.${hint} It has ${known.join(', ')}.`;
    });
}
