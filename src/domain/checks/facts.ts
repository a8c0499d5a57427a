import type { HealthCheck } from '../revision';

/** What the configuration says will be created and run: looked at like the files are. Values of secrets are not in it. */
export interface DeploymentFacts {
  readonly service: string | null;
  readonly environment: string | null;
  readonly command: readonly string[] | null;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly health: HealthCheck | null;
  readonly listen: number | null;
  readonly instances: number | null;
  readonly approvalRequired: boolean;
  /** The specification's `infrastructure` block as it was written; null: none. */
  readonly infrastructure: unknown;
  /** For each environment of the file, the names that it sets: the same service needs the same names everywhere. */
  readonly envNames: Readonly<Record<string, readonly string[]>>;
}
