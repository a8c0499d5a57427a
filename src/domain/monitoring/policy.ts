import type { NotificationChannel } from './notification';
import type { PerformancePolicy } from './performance';
import type { SourceSpec } from './source-spec';

/** What is watched beside the criteria, and who is told. Comes with the request. Durations in ms. */
export interface MonitoringPolicy {
  readonly monitors: Readonly<Record<MonitorName, 'on' | 'off'>>;
  readonly alerting: 'on' | 'off';
  /** What follows when a step's longest time is over and too little was seen to judge. */
  readonly onNoData: OnNoData;
  readonly probe: ProbeSpec | null;
  readonly sources: readonly SourceSpec[];
  readonly performance: PerformancePolicy;
  readonly channels: readonly NotificationChannel[];
}

/** `ask`: a person, whose deadline rolls back. Neither is ever a pass. */
export type OnNoData = 'ask' | 'rollback';

export const MONITORS = ['health', 'performance', 'errors', 'business'] as const;

export type MonitorName = (typeof MONITORS)[number];

/** Requests that no user sent, to each revision over the header route: evidence where users are few. */
export interface ProbeSpec {
  readonly path: string;
  readonly perSecond: number;
}

/** What holds where the configuration says nothing. */
export const DEFAULT_MONITORING: MonitoringPolicy = {
  monitors: { health: 'on', performance: 'on', errors: 'on', business: 'on' },
  alerting: 'on',
  onNoData: 'ask',
  probe: null,
  sources: [],
  performance: { apdexTargetMs: 500, thresholds: null },
  channels: [
    {
      kind: 'console',
      on: ['blocked', 'waiting', 'alert', 'resolved', 'rolled-back', 'live', 'rollback-incomplete'],
    },
  ],
};
