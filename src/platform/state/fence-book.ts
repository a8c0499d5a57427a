import { createHash } from 'node:crypto';
import type { ClaimAnswer, ClaimOwner, ClaimRequest, ClaimView, Fence } from '../admin-api';
import { PlatformError } from '../platform-error';
import type { AcceptedEffect, FenceState } from './platform-state';

export interface Effect<T> {
  readonly fence: Fence;
  /** What the effect is and asks for: the same `n` must come with an equal one. */
  readonly body: unknown;
  /** Throws where an order rule forbids it; then `n` is not used up. */
  readonly check: () => void;
  /** Begins synchronously, directly after {@link check}. Where it rejects, `n` may be tried again. */
  readonly act: () => Promise<T>;
}

/**
 * Who may change one service, and in which order. Claims are compare-and-set on the epoch; inside an epoch, effects
 * are accepted by rising `n`, and the newest may be repeated.
 */
export class FenceBook {
  private claimed: ClaimView | null;
  private previous: ClaimView | null;
  private last: AcceptedEffect | null;
  private running: { readonly n: number; readonly answer: Promise<unknown> } | null = null;

  constructor(state: FenceState) {
    this.claimed = state.claim;
    this.previous = state.previous;
    this.last = state.last;
  }

  get claim(): ClaimView | null {
    return this.claimed;
  }

  get epoch(): number {
    return this.claimed?.epoch ?? 0;
  }

  state(): FenceState {
    return { claim: this.claimed, previous: this.previous, last: this.last };
  }

  /** Takes the next epoch when `after` still stands; the current owner gets its own again. */
  take(request: ClaimRequest): ClaimAnswer & { readonly isNew: boolean } {
    if (request.after !== this.epoch || this.isOwnersRepeat(request)) return this.repeatOf(request);
    this.previous = this.claimed;
    const { deploymentId, runId } = request;
    this.claimed = { epoch: this.epoch + 1, deploymentId, runId, released: false };
    this.last = null;
    this.running = null;
    return { epoch: this.claimed.epoch, previous: this.previous, isNew: true };
  }

  /** Ends the claim: no later effect of its epoch is accepted. */
  release(): void {
    if (this.claimed !== null) this.claimed = { ...this.claimed, released: true };
  }

  /** Runs an effect at most once for its place in the order, or answers as the first time. */
  async run<T>(effect: Effect<T>): Promise<T> {
    const hash = hashOf(effect.body);
    if (this.isRepeat(effect.fence, hash)) {
      const known = this.answerOf<T>(effect.fence.n);
      if (known !== null) return known;
    } else {
      this.admit(effect.fence);
    }
    effect.check();
    return this.accept(effect, hash);
  }

  private async accept<T>(effect: Effect<T>, hash: string): Promise<T> {
    const { epoch, n } = effect.fence;
    const before = this.last;
    this.last = { n, hash, answer: null };
    const mine = (): boolean => this.epoch === epoch && this.last?.n === n;
    const answer = effect.act();
    this.running = { n, answer };
    try {
      const done = await answer;
      if (mine()) this.last = { n, hash, answer: done };
      return done;
    } catch (error) {
      if (mine()) this.last = before;
      throw error;
    } finally {
      this.endOf(answer);
    }
  }

  private endOf(answer: Promise<unknown>): void {
    if (this.running?.answer === answer) this.running = null;
  }

  private isOwnersRepeat(request: ClaimRequest): boolean {
    const { claimed } = this;
    return claimed !== null && !claimed.released && isSame(claimed, request);
  }

  private repeatOf(request: ClaimRequest): ClaimAnswer & { readonly isNew: boolean } {
    const { claimed } = this;
    if (claimed !== null && isSame(claimed, request)) {
      return { epoch: claimed.epoch, previous: this.previous, isNew: false };
    }
    throw new PlatformError(
      'FENCED',
      `The claim was to follow epoch ${request.after}, but epoch ${this.epoch} stands${ownerText(claimed)}; nothing was changed. Read the service again before the next claim.`,
      { epoch: this.epoch, claim: claimed },
    );
  }

  private isRepeat(fence: Fence, hash: string): boolean {
    const { last } = this;
    if (fence.epoch !== this.epoch || last === null || last.n !== fence.n) return false;
    if (last.hash === hash) return true;
    throw new PlatformError(
      'FENCE_CONFLICT',
      `Place ${fence.n} of epoch ${fence.epoch} was used for another effect; nothing was changed.`,
    );
  }

  private answerOf<T>(n: number): T | Promise<T> | null {
    if (this.running?.n === n) return this.running.answer as Promise<T>;
    return (this.last?.answer ?? null) as T | null;
  }

  private admit(fence: Fence): void {
    const { claimed, last } = this;
    const isCurrent = claimed !== null && claimed.epoch === fence.epoch && !claimed.released;
    if (isCurrent && (last === null || fence.n > last.n)) return;
    throw new PlatformError(
      'FENCED',
      `The effect (epoch ${fence.epoch}, n ${fence.n}) is outdated: epoch ${this.epoch}${ownerText(claimed)}, last n ${last?.n ?? 'none'}; nothing was changed.`,
      { epoch: this.epoch, claim: claimed, lastN: last?.n ?? null },
    );
  }
}

function isSame(one: ClaimOwner, other: ClaimOwner): boolean {
  return one.deploymentId === other.deploymentId && one.runId === other.runId;
}

function ownerText(claim: ClaimView | null): string {
  if (claim === null) return ' (no claim)';
  return ` (${claim.released ? 'released by' : 'held by'} ${claim.deploymentId}, run ${claim.runId})`;
}

/** Equal for equal bodies, whatever the order of their keys. */
function hashOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(body)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
