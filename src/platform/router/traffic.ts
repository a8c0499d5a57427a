import type { Digest } from '../../domain/revision';
import type { RouterReason, TrafficView } from '../admin-api';
import { SmoothWeights } from './smooth-weights';
import type { Upstream } from './upstream';

/** Which instance takes the next request of one service. Every change holds for the very next pick. */
export class Traffic {
  private readonly weights = new SmoothWeights();
  private readonly upstreams = new Map<Digest, Upstream[]>();
  private readonly turns = new Map<Digest, number>();

  add(upstream: Upstream): void {
    this.upstreams.set(upstream.revision, [...this.of(upstream.revision), upstream]);
  }

  remove(upstream: Upstream): void {
    const rest = this.of(upstream.revision).filter((other) => other !== upstream);
    if (rest.length > 0) {
      this.upstreams.set(upstream.revision, rest);
    } else {
      this.upstreams.delete(upstream.revision);
      this.turns.delete(upstream.revision);
    }
  }

  of(revision: Digest): readonly Upstream[] {
    return this.upstreams.get(revision) ?? [];
  }

  canServe(revision: Digest): boolean {
    return this.of(revision).some((upstream) => upstream.canServe);
  }

  /** Some revision with weight has an instance that can answer. */
  canServeAny(): boolean {
    return Object.keys(this.weights.commanded()).some((revision) => this.canServe(revision));
  }

  weightOf(revision: Digest): number {
    return this.weights.of(revision);
  }

  setWeights(weights: Readonly<Record<Digest, number>>): void {
    this.weights.set(weights);
  }

  /** An instance that was not tried yet, by weight; or why there is none. */
  pick(tried: ReadonlySet<Upstream>): Upstream | RouterReason {
    if (this.weights.isEmpty) return 'no-weight';
    const revision = this.weights.pick((candidate) => this.untried(candidate, tried).length > 0);
    return revision === null ? 'no-healthy-instance' : this.turn(revision, tried);
  }

  /** The same inside one revision, whatever its weight. */
  pickOf(revision: Digest, tried: ReadonlySet<Upstream>): Upstream | RouterReason {
    if (!this.upstreams.has(revision)) return 'unknown-revision';
    return this.turn(revision, tried);
  }

  view(): Pick<TrafficView, 'commanded' | 'observed' | 'inFlight'> {
    const inFlight = [...this.upstreams].map(
      ([revision, upstreams]) =>
        [revision, upstreams.reduce((sum, upstream) => sum + upstream.inFlight, 0)] as const,
    );
    return {
      commanded: this.weights.commanded(),
      observed: this.weights.observed((revision) => this.canServe(revision)),
      inFlight: Object.fromEntries(inFlight),
    };
  }

  private untried(revision: Digest, tried: ReadonlySet<Upstream>): Upstream[] {
    return this.of(revision).filter((upstream) => upstream.canServe && !tried.has(upstream));
  }

  private turn(revision: Digest, tried: ReadonlySet<Upstream>): Upstream | RouterReason {
    const candidates = this.untried(revision, tried);
    const turn = this.turns.get(revision) ?? 0;
    this.turns.set(revision, (turn + 1) % Number.MAX_SAFE_INTEGER);
    return candidates[turn % candidates.length] ?? 'no-healthy-instance';
  }
}
