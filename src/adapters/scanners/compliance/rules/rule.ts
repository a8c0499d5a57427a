import type { FindingSeverity } from '../../../../domain/checks/severity';
import type { Known } from '../../../inspection/infrastructure/infrastructure-resource';
import type { Thing, ThingKind } from '../model/thing';

/** One row of the rule tables. `critical` ends a deployment: only for what is open to anyone who tries. */
export interface Rule<T extends Thing = Thing> {
  /** `infrastructure/…`; stable over versions. */
  readonly id: string;
  readonly kind: T['kind'];
  readonly severity: FindingSeverity;
  /** A sentence without its full stop, and without anything that was read except names. */
  readonly title: string | ((thing: T) => string);
  /** An imperative sentence. */
  readonly fix: string;
  /** Only where this is deployed to production. */
  readonly productionOnly?: true;
  /** Whether the thing breaks the rule. */
  readonly broken: (thing: T) => Known<boolean>;
}

type ThingOf<K extends ThingKind> = Extract<Thing, { kind: K }>;

/** Rules about one kind of thing. */
export function rulesFor<K extends ThingKind>(
  kind: K,
  rows: readonly Omit<Rule<ThingOf<K>>, 'kind'>[],
): readonly Rule[] {
  // A rule is only ever asked about things of its kind.
  return rows.map((row) => ({ ...row, kind }) as unknown as Rule);
}
