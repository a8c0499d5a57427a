import { formatCounted } from '../format/count';
import { formatDuration } from '../format/duration';
import { shortDigest } from '../revision';
import type { RecreateBack, RollBack, RolloutPlan } from './plan';

/** What an undo is once the old fleet is gone, and how long it takes: `a reverse rollout of 2 batches, about 3 m at most`. */
export function undoSentence(wayBack: RollBack | RecreateBack): string {
  const atMost = `about ${formatDuration(wayBack.longestMs)} at most`;
  switch (wayBack.kind) {
    case 'rolling':
      return `a reverse rollout of ${formatCounted(wayBack.batches, 'batch', 'batches')}, ${atMost}`;
    case 'recreate':
      return `the same gap the other way round, ${atMost}`;
  }
}

/** What happens to traffic if the rollout fails from here on, in a few words. */
export function wayBackSentence({ stable, wayBack }: RolloutPlan): string {
  if (stable === null) return 'nothing serves any more: nothing did before';
  const back = `back to ${shortDigest(stable)}`;
  return wayBack.kind === 'shift'
    ? `${back}, one weight change, in seconds`
    : `${back}, by ${undoSentence(wayBack)}`;
}
