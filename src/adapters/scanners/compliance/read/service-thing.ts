import type { DeploymentFacts } from '../../../../domain/checks/facts';
import { isSecretName, isWrittenValue } from '../../../inspection/infrastructure/secret-name';
import type { Fleet, Service } from '../model/thing';

/** What of the facts the rules look at: names of variables, never their values. */
export interface ServiceFacts {
  readonly service: string;
  readonly production: boolean;
  readonly approvalRequired: boolean;
  readonly healthChecked: boolean;
  readonly plainSecrets: readonly string[];
  readonly port: number | null;
  readonly instances: number | null;
}

/** Null where nothing is deployed, as for a folder that is only looked at. */
export function serviceFacts(facts: DeploymentFacts): ServiceFacts | null {
  if (facts.service === null) return null;
  return {
    service: facts.service,
    production: isProduction(facts.environment),
    approvalRequired: facts.approvalRequired,
    healthChecked: facts.health !== null,
    plainSecrets: Object.entries(facts.env)
      .filter(([name, value]) => isSecretName(name) && isWrittenValue(value))
      .map(([name]) => name)
      .sort(),
    port: facts.listen,
    instances: facts.instances,
  };
}

export function isProduction(environment: string | null): boolean {
  return environment !== null && /^(?:prod|live)/i.test(environment);
}

export function serviceThings(facts: ServiceFacts): readonly (Service | Fleet)[] {
  const place = { path: 'belay.yaml', line: null, address: `service ${facts.service}` };
  const { approvalRequired, healthChecked, plainSecrets, port, instances } = facts;
  return [
    { ...place, kind: 'service', approvalRequired, healthChecked, plainSecrets, port },
    ...(instances === null ? [] : [{ ...place, kind: 'fleet' as const, least: instances }]),
  ];
}
