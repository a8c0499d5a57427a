/** What a person (or the line on a newcomer's behalf, for `yield` and `supersede`) may ask of a deployment. */
export const DECISION_KINDS = [
  'approve',
  'reject',
  'rollback',
  'pause',
  'resume',
  'promote',
  'abort',
  'yield',
  'supersede',
] as const;

export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What the line asks on a newcomer's behalf; no command of the CLI does. */
const LINE_KINDS = ['yield', 'supersede'] as const satisfies readonly DecisionKind[];

export type PersonsKind = Exclude<DecisionKind, (typeof LINE_KINDS)[number]>;

export const PERSONS_KINDS: readonly PersonsKind[] = DECISION_KINDS.filter(
  (kind): kind is PersonsKind => !LINE_KINDS.some((one) => one === kind),
);

/** The payload of the signal `decide`. One id is one decision, however often it arrives. Times in epoch ms. */
export interface Decision {
  readonly v: 1;
  readonly id: string;
  readonly deploymentId: string;
  /** Required for `approve`: the plan that was looked at. */
  readonly planDigest?: string;
  readonly kind: DecisionKind;
  /** Only of `promote`: at once to the last planned weight that is not above this percent; 100: to all of it, then verification. */
  readonly to?: number;
  readonly actor: string;
  readonly reason: string | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** A signed envelope, once a verifier is configured. */
  readonly proof?: string;
}

/** These act at once: they wait at most 500 ms for their own verification. */
export const OVERTAKING: ReadonlySet<DecisionKind> = new Set<DecisionKind>([
  'rollback',
  'abort',
  'reject',
  'pause',
]);

export type Verification = 'verified' | 'not-verified' | 'refused';

/** What became of a decision, as history and status show it. */
export interface DecisionRecord {
  readonly id: string;
  readonly kind: DecisionKind | 'unreadable';
  readonly actor: string | null;
  readonly reason: string | null;
  readonly issuedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly verification: Verification;
  readonly effect: 'applied' | 'counted' | 'refused';
  /** What it did, or why it could not. */
  readonly sentence: string;
}
