import type { StatusView } from '../../../client/index';

/** A status as it is drawn: with what only somebody knows who has looked before. */
export interface ShownView extends StatusView {
  /** By criterion, the candidate's values at the looks of this step, oldest first; null: it had none. */
  readonly values?: Readonly<Record<string, readonly (number | null)[]>>;
  /** `current`: what is over takes one line. Default: everything. */
  readonly detail?: 'whole' | 'current';
}
