import type { Criterion } from './criterion';
import { targetEvidence } from './evidence';
import type { MaybeHarm } from './first-harm';
import type { JudgeConfig } from './judge-config';
import type { JudgeState } from './judge-state';
import { isUnbroken, slideSpan, spanAt, type Span } from './span';

/**
 * The guards of the target's own metrics that are breached at the end of any duration which the window with this number says
 * something about.
 */
export function targetHarms(
  config: JudgeConfig,
  state: JudgeState,
  number: number,
): readonly MaybeHarm[] {
  const guards = config.criteria.filter(
    ({ action, source }) => action === 'rollback' && source === null,
  );
  return guards.flatMap((criterion) =>
    spansFrom(state, criterion, number).map((span): MaybeHarm => {
      if (!isUnbroken(span)) return null;
      const evidence = targetEvidence(criterion, { span, before: state.before });
      const endMs = (span.to + 1) * (state.intervalMs ?? 0);
      return evidence.state === 'breached' ? { endMs, evidence } : null;
    }),
  );
}

/** What is known over a criterion's duration up to the window with this number; null: it is not the newest that is known. */
export function latestSpan(
  { recent, spans }: JudgeState,
  criterion: Criterion,
  number: number | null,
): Span | null {
  const newest = recent.at(-1);
  if (newest === undefined || newest.number !== number) return null;
  const length = lengthOf(criterion, newest.intervalMs);
  return spans.find((span) => span.length === length) ?? spanAt(recent, length, number);
}

/** How many windows a duration takes. */
export function lengthOf({ durationMs }: Criterion, intervalMs: number): number {
  return Math.max(1, Math.ceil(durationMs / intervalMs));
}

/** Windows mostly come in order, so that this is one; a late one completes durations, or moves what stable did before. */
function spansFrom(state: JudgeState, criterion: Criterion, number: number): readonly Span[] {
  const latest = latestSpan(state, criterion, number);
  if (latest !== null) return [latest];
  const later = state.recent.filter((window) => window.number >= number);
  return later.reduce<Span[]>((spans, window) => {
    const length = lengthOf(criterion, window.intervalMs);
    const last = spans.at(-1);
    const next =
      last === undefined
        ? spanAt(state.recent, length, window.number)
        : slideSpan(last, state.recent, window);
    spans.push(next);
    return spans;
  }, []);
}
