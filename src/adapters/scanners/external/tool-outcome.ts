import type { Finding } from '../../../domain/checks/finding';

/** What came of one external tool. */
export interface ToolOutcome {
  readonly tool: string;
  readonly required: boolean;
  readonly status: 'completed' | 'failed' | 'timed-out' | 'unavailable';
  /** Why it is not `completed`; part of a sentence, without a word of the tool's own. */
  readonly reason: string | null;
  readonly findings: readonly Finding[];
  /** What a reader should know although it completed. */
  readonly notes: readonly string[];
}

export type ToolAnswer = Omit<ToolOutcome, 'tool' | 'required'>;

export function withoutAnswer(
  status: Exclude<ToolOutcome['status'], 'completed'>,
  reason: string,
): ToolAnswer {
  return { status, reason, findings: [], notes: [] };
}
