import type { DeploymentStatus } from '../../src/domain/status.js';

export function whereWas(
  rounds: readonly {
    readonly label: string;
    readonly way: string;
    readonly status: Pick<DeploymentStatus, 'steps' | 'phases' | 'startedAtMs' | 'endedAtMs'>;
  }[],
  atMs: number,
): string;
