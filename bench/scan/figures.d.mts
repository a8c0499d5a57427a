export const SECONDS: number;
export const PEAK_MB: number;
export function goalsOf(figures: {
  readonly gitleaksRecall: number | null;
  readonly gitleaksFalseAlarms: number | null;
}): Readonly<Record<string, { readonly min?: number; readonly max?: number }>>;
export function shareOf(found: readonly boolean[]): number | null;
export function missedRules(
  planted: readonly { readonly rule: string }[],
  found: readonly boolean[],
): readonly string[];
export function isAlarm(finding: { readonly severity: string }): boolean;
