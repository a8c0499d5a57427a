export interface Stall {
  readonly fromMs: number;
  readonly toMs: number;
}

export function openStalls(): {
  longestMs(fromMs: number, toMs: number): number;
  stop(): void;
};
export function longestInside(stalls: readonly Stall[], fromMs: number, toMs: number): number;
