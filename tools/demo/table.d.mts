import type { Figures } from './tally.mjs';

interface Run {
  readonly name: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly reportPage?: string;
}

export function tableOf(
  figures: Pick<Figures, 'scenarios' | 'requests' | 'failedByRouter'>,
  demo: { readonly webUrl: string | null; readonly played: readonly Run[] },
): readonly string[];
export function historyAddress(
  webUrl: string,
  run: { readonly workflowId: string; readonly runId: string },
): string;
