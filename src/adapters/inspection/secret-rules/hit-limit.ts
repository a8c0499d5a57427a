import { UnreadableFile } from '../infrastructure/unreadable-file';
import { RANKS } from './matcher';
import type { Hit } from './rule';

const MOST_HITS = 2_000;

/**
 * Collects what is found in one window. What only a name speaks for is counted apart and cut in silence: it warns, and
 * a flood of it must hide nothing that blocks.
 */
export class HitLimit {
  private readonly hits: Hit[] = [];
  private generic = 0;
  private specific = 0;

  add(hit: Hit): void {
    if (hit.rank === RANKS.generic) {
      this.generic += 1;
      if (this.generic <= MOST_HITS) this.hits.push(hit);
      return;
    }
    this.specific += 1;
    if (this.specific <= MOST_HITS) this.hits.push(hit);
  }

  /** @throws UnreadableFile where there are too many to be judged one by one: the file is a hole */
  all(): readonly Hit[] {
    if (this.specific > MOST_HITS) throw new UnreadableFile('more than 2,000 findings');
    return this.hits;
  }
}
