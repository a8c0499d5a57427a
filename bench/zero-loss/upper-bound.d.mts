export function upperBoundPercent(failed: number, requests: number): number | null;
