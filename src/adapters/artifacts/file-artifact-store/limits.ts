import { BelayError } from '../../../domain/errors';

export interface ArtifactLimits {
  readonly entries: number;
  readonly bytes: number;
}

export const DEFAULT_LIMITS: ArtifactLimits = { entries: 100_000, bytes: 2 * 1024 ** 3 };

export function refuseTooMany(entries: number, limits: ArtifactLimits): void {
  if (entries <= limits.entries) return;
  throw tooLarge(`more than ${limits.entries} files`);
}

export function refuseTooLarge(bytes: number, limits: ArtifactLimits): void {
  if (bytes <= limits.bytes) return;
  throw tooLarge(`more than ${Math.round(limits.bytes / 1024 ** 2)} MiB`);
}

function tooLarge(what: string): BelayError {
  return new BelayError(
    'ARTIFACT_UNSUPPORTED',
    `The artifact holds ${what}; nothing was stored and nothing was deployed.`,
    { next: 'Name the folder that holds only what the service needs to run.' },
  );
}
