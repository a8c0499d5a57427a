import type { DeploymentStatus } from '../../src/domain/status.js';

export type Moment = 'shift' | 'settle' | 'bake' | 'ask' | 'warm';
export const MOMENTS: readonly Moment[];
export const SETTLE_MS: number;
export function momentOf(seen: {
  readonly status: Pick<DeploymentStatus, 'phases' | 'steps'>;
  readonly issuedAtMs: number;
  readonly askedAtMs: number | null;
}): Moment | null;
