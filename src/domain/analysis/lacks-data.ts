import type { Verdict } from './verdict';

const LACKS: readonly string[] = ['samples', 'unanswered', 'gap'];

/** Whether too little was seen to judge, as opposed to something that was seen: what `onNoData` is about. */
export function lacksData({ kind, rule }: Verdict): boolean {
  return kind === 'no-data' || (kind === 'not-yet' && LACKS.includes(rule));
}
