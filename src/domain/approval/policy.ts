/** Who may let a deployment go on, bound to the plan's digest. */
export interface ApprovalPolicy {
  /** Names that count; empty: anybody's. */
  readonly approvers: readonly string[];
  readonly quorum: number;
  readonly deadlineMs: number;
  /** What happens without an answer. Absence is never approval. */
  readonly onDeadline: 'reject';
}
