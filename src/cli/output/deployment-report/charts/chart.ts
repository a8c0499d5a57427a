/** What one chart shows, before it is drawn. Times in epoch ms. */
export interface Chart {
  /** For ids and anchors: letters, digits, dashes. */
  readonly id: string;
  readonly title: string;
  readonly unit: ChartUnit;
  /** One sentence: what a point is. */
  readonly meaning: string;
  readonly lines: readonly ChartLine[];
  readonly limits: readonly ChartLimit[];
}

export type ChartUnit = 'percent' | 'ms' | 'per-second' | 'number';

export type LineName = 'candidate' | 'stable' | 'candidate probes' | 'stable probes';

export interface ChartLine {
  readonly name: LineName;
  /** In order of time. */
  readonly points: readonly Point[];
}

export interface Point {
  /** The middle of what it is counted over. */
  readonly atMs: number;
  /** Null: nothing was counted, which is not zero. */
  readonly value: number | null;
  /** Requests, health checks or whatever it rests on. */
  readonly samples: number;
}

export interface ChartLimit {
  /** `limit 5 % over 60 s, rolls back`. */
  readonly label: string;
  readonly badWhen: 'above' | 'below';
  /** A hard guard, a question to a person, or only the validation's. */
  readonly kind: 'rollback' | 'ask' | 'validation';
  readonly at: LimitPlace;
}

/** A level; or what follows the stable revision at each moment. */
export type LimitPlace =
  | { readonly kind: 'level'; readonly value: number }
  | { readonly kind: 'curve'; readonly points: readonly Point[] };

export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}
