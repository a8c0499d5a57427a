/** Where the inventory stops, so that no tree can fill the memory or the day. What lies beyond is told as unlisted. */
export interface InventoryLimits {
  /** Files, folders and links. */
  readonly entries: number;
  readonly bytes: number;
  /** Holes that are named; the others are counted in one more. */
  readonly unlisted: number;
}

export const INVENTORY_LIMITS: InventoryLimits = {
  entries: 250_000,
  bytes: 20_000_000_000,
  unlisted: 1_000,
};
