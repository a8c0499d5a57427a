import type { Digest } from '../../domain/revision';

/**
 * Smooth weighted round robin between revisions: each pick adds its weight to every candidate's credit, takes the
 * highest and pays the sum back. The split is exact over every full round, not only on average.
 */
export class SmoothWeights {
  private weights: ReadonlyMap<Digest, number> = new Map();
  private readonly credit = new Map<Digest, number>();

  /** Replaces all weights (zeros are left out) and forgets the credit, so that the new split holds at once. */
  set(weights: Readonly<Record<Digest, number>>): void {
    this.weights = new Map(Object.entries(weights).filter(([, weight]) => weight > 0));
    this.credit.clear();
  }

  get isEmpty(): boolean {
    return this.weights.size === 0;
  }

  of(revision: Digest): number {
    return this.weights.get(revision) ?? 0;
  }

  commanded(): Record<Digest, number> {
    return Object.fromEntries(this.weights);
  }

  /** The next revision among those that can serve; null where none can. */
  pick(canServe: (revision: Digest) => boolean): Digest | null {
    let chosen: Digest | null = null;
    let highest = -Infinity;
    let total = 0;
    for (const [revision, weight] of this.weights) {
      if (!canServe(revision)) continue;
      total += weight;
      const credit = (this.credit.get(revision) ?? 0) + weight;
      this.credit.set(revision, credit);
      if (credit > highest) {
        highest = credit;
        chosen = revision;
      }
    }
    if (chosen !== null) this.credit.set(chosen, highest - total);
    return chosen;
  }

  /** Percent of the next requests by revision, given which can serve. */
  observed(canServe: (revision: Digest) => boolean): Record<Digest, number> {
    const serving = [...this.weights].filter(([revision]) => canServe(revision));
    const total = serving.reduce((sum, [, weight]) => sum + weight, 0);
    return Object.fromEntries(
      serving.map(([revision, weight]) => [revision, (weight * 100) / total]),
    );
  }
}
