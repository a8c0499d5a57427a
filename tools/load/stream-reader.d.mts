import type { ExpectedStream } from './load.mjs';

export function openStreamReader(expected: ExpectedStream): {
  take(chunk: Buffer): void;
  isWhole(): boolean;
};
