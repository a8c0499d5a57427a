import type { DeploymentStatus } from '../../src/domain/status.js';
import type { Way } from './strategies.mjs';

export function isMoment(
  way: Exclude<Way, 'forward'>,
  status: Pick<DeploymentStatus, 'phase' | 'steps'>,
): boolean;
