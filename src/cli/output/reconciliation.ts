import { formatCounted } from '../../domain/format/count';
import type { Rebuilt, Reconciliation } from '../reconcile';
import { iso } from './durations';
import { wrap, type Style } from './style';
import type { Answer } from './terminal';

/** What was rebuilt, and what nobody can rebuild. */
export function reconciliationAnswer(found: Reconciliation, style: Style): Answer {
  const { rebuilt, agreeing, lost, oldestRunMs } = found;
  return {
    json: { schemaVersion: 1, rebuilt, agreeing, lost, oldestRunAt: iso(oldestRunMs) },
    text: linesOf(found).flatMap((line) => wrap(line, style.columns, INDENT)),
  };
}

const INDENT = 5;

function linesOf({ rebuilt, agreeing, lost, oldestRunMs }: Reconciliation): readonly string[] {
  return [
    `${formatCounted(rebuilt.length, 'record')} rebuilt, ${agreeing} as Temporal knows ${agreeing === 1 ? 'it' : 'them'}`,
    ...rebuilt.map(rebuiltLine),
    ...lost.map(
      (deployment) =>
        ` ${deployment} is open in the ledger, and Temporal knows it no more: how it ended is lost`,
    ),
    oldestRunMs === null
      ? 'Temporal knows no run of it: nothing that is missing can be rebuilt'
      : `Temporal's oldest run is of ${iso(oldestRunMs) ?? ''}: what is missing from before is beyond its retention`,
  ];
}

function rebuiltLine({ deployment, before, from }: Rebuilt): string {
  return ` ${deployment} was ${before}: ${SOURCES[from]}`;
}

const SOURCES: Readonly<Record<Rebuilt['from'], string>> = {
  history: 'written again as it was',
  result: 'closed with its result; phases and verdicts are not known',
  state: 'closed as Temporal says that it ended; nothing else is known',
  open: 'opened, it runs',
};
