import type { Kind } from './kinds.mjs';

export function remarksOf(terms: {
  readonly laneCount: number;
  readonly rate: number;
  readonly machine: string;
}): readonly string[];
export function sentenceOf(run: {
  readonly label: string;
  readonly kind: Pick<Kind, 'key'>;
  readonly outcome: string;
  readonly cause: string | null;
  readonly deployment: string;
  readonly rule: string | undefined;
  readonly offMs: number | null;
  readonly exposed: number;
  readonly stalledMs: number;
  readonly wasOn: boolean;
  readonly wasAsked: boolean;
  readonly isDisturbed: boolean;
  readonly isExpected: boolean;
}): string;
