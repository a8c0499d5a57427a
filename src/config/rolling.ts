import type { Amount, RecreateConfig, RollingConfig } from '../domain/rollout/strategy';
import { bakeLimits } from './canary';
import { DEFAULTS } from './defaults';
import { percentOf } from './schema/amount';
import type { AmountBlock } from './schema/amount';
import type { RecreateBlock, RollingBlock } from './schema/rolling';
import { secondsToMs } from './units';

/** The bounds as written, else the specification's quarter; a pause that needs no requests unless it says so. */
export function readRolling({ maxSurge, maxUnavailable, pause }: RollingBlock = {}): RollingConfig {
  const { rolling } = DEFAULTS;
  return {
    kind: 'rolling',
    maxSurge: amountOf(maxSurge ?? rolling.maxSurge),
    maxUnavailable: amountOf(maxUnavailable ?? rolling.maxUnavailable),
    bake: bakeLimits(pause ?? rolling.pause, rolling.pauseRequests),
  };
}

export function readRecreate({ queue, overlap }: RecreateBlock = {}): RecreateConfig {
  return {
    kind: 'recreate',
    mostWaitMs: secondsToMs(queue ?? DEFAULTS.recreate.queue),
    overlap: overlap ?? DEFAULTS.recreate.overlap,
  };
}

function amountOf(value: AmountBlock): Amount {
  const percent = percentOf(value);
  return percent === null ? { unit: 'count', count: Number(value) } : { unit: 'percent', percent };
}
