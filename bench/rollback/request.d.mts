import type { DeploymentRequest } from '../../src/domain/deployment.js';
import type { Moment } from './moments.mjs';

export function requestFor(options: {
  readonly deploymentId: string;
  readonly requestedAtMs: number;
  readonly artifact: string;
  readonly port: number;
  readonly environment: string;
  readonly label: string;
  readonly moment: Moment | null;
  readonly random: () => number;
}): DeploymentRequest;
