import type { LoadRecord } from './load.mjs';

export interface Classification {
  readonly requests: number;
  readonly failed: number;
  readonly failedByRevision: number;
  readonly failedByRouter: number;
  /** The records behind `failedByRouter`. */
  readonly routerFailures: readonly LoadRecord[];
  /** By the answers' `x-belay-revision`; an answer that never came names none. */
  readonly revisions: Readonly<
    Record<string, { readonly requests: number; readonly failed: number }>
  >;
  /** How many requests that revision answered, well or badly. */
  readonly exposed: (revision: string) => number;
}

export function hasFailed(record: LoadRecord): boolean;
export function waitedMs(
  record: Pick<LoadRecord, 'startedAtMs' | 'endedAtMs' | 'answeredAtMs'>,
): number;
export function classify(
  records: readonly LoadRecord[],
  instanceLogIds: ReadonlySet<string>,
): Classification;
