import { ulid } from 'ulid';
import type { ServiceRef } from '../domain/deployment';

const DEPLOYMENT_ID = /^(?<services>[a-z0-9][a-z0-9._-]*)-(?<ulid>[0-9A-HJKMNP-TV-Z]{26})$/i;

const NAME = /^[a-z0-9][a-z0-9._-]*$/i;

/** `{service}-{environment}-{ulid}`; later ids sort after earlier ones of the same service and environment. */
export function newDeploymentId(ref: ServiceRef, nowMs: number): string {
  return `${ref.service}-${ref.environment}-${ulid(nowMs)}`;
}

/** One decision, one id. */
export function newDecisionId(nowMs: number): string {
  return `decision-${ulid(nowMs)}`;
}

/**
 * The services and environments that an id may belong to: both names may hold dashes, so that there is one for each
 * dash. Empty where the text is no deployment id.
 */
export function refsOfDeploymentId(text: string): readonly ServiceRef[] {
  const names = DEPLOYMENT_ID.exec(text)?.groups?.['services']?.split('-') ?? [];
  return names
    .slice(1)
    .map((_name, index) => ({
      service: names.slice(0, index + 1).join('-'),
      environment: names.slice(index + 1).join('-'),
    }))
    .filter(({ service, environment }) => service !== '' && environment !== '');
}

/** `shop/production` as a service and environment; null where it is not that. */
export function refOfServiceName(text: string): ServiceRef | null {
  const [service, environment, ...rest] = text.split('/');
  if (service === undefined || environment === undefined || rest.length > 0) return null;
  return NAME.test(service) && NAME.test(environment) ? { service, environment } : null;
}
