export interface Poll {
  readonly bake: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

interface Stretch {
  readonly pollMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export const GOALS: Readonly<Record<string, { readonly max: number }>>;
export function figuresOf(
  measured: Stretch & {
    readonly bakes: number;
    readonly polls: readonly Poll[];
    readonly cpu: {
      readonly workerUs: number;
      readonly platformUs: number | null;
      readonly temporalUs: number | null;
    };
    readonly evidenceBytes: number;
  },
): Readonly<Record<string, number | null>>;
export function lagsOf(polls: readonly Poll[], stretch: Stretch): readonly number[];
