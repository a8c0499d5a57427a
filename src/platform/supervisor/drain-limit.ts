/** By when a drain has ended: the earliest of the times that it was given. */
export class DrainLimit {
  private readonly over = new AbortController();
  private endsAt = Infinity;
  private timer: NodeJS.Timeout | null = null;

  get signal(): AbortSignal {
    return this.over.signal;
  }

  atMost(ms: number): void {
    const endsAt = performance.now() + ms;
    if (endsAt >= this.endsAt) return;
    this.endsAt = endsAt;
    this.clear();
    this.timer = setTimeout(() => this.over.abort(), ms);
  }

  /** The drain has ended by itself. */
  clear(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }
}
