import type { Verdict } from './verdict';

/** Nothing new was seen. The last window that counted, if any, is named; it is never a pass. */
export function noDataVerdict(state: { readonly lastWindow: number | null }): Verdict {
  return {
    kind: 'no-data',
    rule: 'no-data',
    sentence: 'No new window was observed: nobody can tell how the candidate does.',
    evidence: [],
    window: state.lastWindow,
  };
}
