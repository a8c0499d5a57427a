/** What decisions ask of the step in progress, short of leaving the way forward. */
export class Control {
  /** Since when a person holds the rollout; null: nobody does. */
  pausedAtMs: number | null = null;
  private promotions = 0;
  private promotedShare = 0;
  private isYielding = false;

  get isPaused(): boolean {
    return this.pausedAtMs !== null;
  }

  pause(): void {
    this.pausedAtMs ??= Date.now();
  }

  resume(): void {
    this.pausedAtMs = null;
  }

  promote(): void {
    this.promotions += 1;
  }

  /** Ends the watch in progress, and skips those at a smaller share than this. */
  promoteTo(share: number): void {
    this.promotedShare = Math.max(this.promotedShare, share);
    this.promotions += 1;
  }

  /** A person asked for more than this share already. */
  hasPassed(share: number): boolean {
    return share < this.promotedShare;
  }

  get hasPromotion(): boolean {
    return this.promotions > 0;
  }

  /** A promotion counts once: for the step that it meets. */
  takePromotion(): boolean {
    if (this.promotions === 0) return false;
    this.promotions = 0;
    return true;
  }

  yield(): void {
    this.isYielding = true;
  }

  get yields(): boolean {
    return this.isYielding;
  }
}
