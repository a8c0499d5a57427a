import type { ServiceRef } from './deployment';

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const ULID = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i;
const ULID_DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const ULID_TIME_DIGITS = 10;

/** Why the text cannot name a service or an environment; null: it can. */
export function nameProblem(what: 'service' | 'environment', name: string): string | null {
  if (NAME.test(name)) return null;
  return `${what} ${JSON.stringify(name.slice(0, 60))}: a name is 1 to 40 small letters, digits and inner hyphens`;
}

export interface DeploymentIdParts {
  /** `{service}-{environment}`; both may hold hyphens, see {@link DeploymentIdParts.refs}. */
  readonly scope: string;
  readonly ulid: string;
  /** When the client minted it, by the client's clock. */
  readonly mintedAtMs: number;
  /** Every service and environment that the id may belong to; a name without a hyphen leaves exactly one. */
  readonly refs: readonly ServiceRef[];
}

/** Takes `{service}-{environment}-{ulid}` apart; null where the text is no deployment id. */
export function parseDeploymentId(id: string): DeploymentIdParts | null {
  const cut = id.lastIndexOf('-');
  const scope = id.slice(0, Math.max(0, cut));
  const ulid = id.slice(cut + 1);
  if (!ULID.test(ulid)) return null;
  const refs = refsOf(scope);
  return refs.length === 0 ? null : { scope, ulid, mintedAtMs: ulidTimeMs(ulid), refs };
}

/** The id of a new deployment; `ulid` comes from the client. */
export function deploymentId(ref: ServiceRef, ulid: string): string {
  return `${ref.service}-${ref.environment}-${ulid}`;
}

/** Whether the id is one of this service in this environment. */
export function belongsTo(id: string, ref: ServiceRef): boolean {
  return parseDeploymentId(id)?.scope === `${ref.service}-${ref.environment}`;
}

/** Both names may hold hyphens: one reading for each hyphen. */
function refsOf(scope: string): readonly ServiceRef[] {
  const words = scope.split('-');
  return words
    .slice(1)
    .map((_word, index) => ({
      service: words.slice(0, index + 1).join('-'),
      environment: words.slice(index + 1).join('-'),
    }))
    .filter(({ service, environment }) => NAME.test(service) && NAME.test(environment));
}

function ulidTimeMs(ulid: string): number {
  const digits = Array.from(ulid.slice(0, ULID_TIME_DIGITS).toLowerCase());
  return digits.reduce((time, digit) => time * 32 + ULID_DIGITS.indexOf(digit), 0);
}
