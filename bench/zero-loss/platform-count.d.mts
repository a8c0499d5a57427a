import type { MetricsWindow } from '../../src/platform/admin-api.js';

export interface PlatformCount {
  lastNumber: number;
  answered: number;
  own: number;
  aborted: number;
  failedAttempts: number;
  longestQueuedMs: number;
}

export function emptyCount(): PlatformCount;
export function addWindows(count: PlatformCount, windows: readonly MetricsWindow[]): void;
export function requestsOf(count: PlatformCount): number;
