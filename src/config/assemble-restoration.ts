import {
  serviceName,
  type DeploymentRequest,
  type Restoration,
  type ServiceRef,
} from '../domain/deployment';
import type { Criterion } from '../domain/analysis/criterion';
import { isBuiltInMetric, METRICS } from '../domain/analysis/criterion';
import { BelayError } from '../domain/errors';
import { DEFAULT_MONITORING, type MonitoringPolicy } from '../domain/monitoring/policy';
import type { Revision } from '../domain/revision';
import type { StrategyConfig } from '../domain/rollout/strategy';
import { requestFor, type RequestIdentity, type RequestParts } from './assemble-request';
import type { BelayConfig } from './belay-config';
import { defaultChecks } from './checks';
import { DEFAULTS } from './defaults';

export interface RestorationChoice {
  readonly ref: ServiceRef;
  /** What comes back, as it was recorded. */
  readonly revision: Revision;
  readonly restores: Restoration | null;
  /** Default: that of the file, with blue-green in place of canary. */
  readonly strategy: string | undefined;
}

type Identity = Omit<RequestIdentity, 'commit'>;

/**
 * The request that brings an earlier revision back: what runs and how is the revision's own, where and on how much is
 * the file's. Nothing is gated, approved or waited for that the revision has passed before.
 * @throws BelayError as {@link requestFor} does; `CONFIG_MISSING` where the file is of another service
 */
export function assembleRestoration(
  config: BelayConfig,
  choice: RestorationChoice,
  identity: Identity,
): DeploymentRequest {
  if (config.service !== choice.ref.service) throw anotherService(config, choice.ref);
  return restorationOf({ ...partsFor(config, choice), ...identity }, choice);
}

/**
 * The same without the file: where and on how much is what the deployment before it asked for. `because` is a clause
 * that says what is wrong with the file.
 */
export function restoreLike(
  before: DeploymentRequest,
  choice: RestorationChoice & { readonly because: string },
  identity: Identity,
): DeploymentRequest {
  const strategy: StrategyConfig =
    before.strategy.kind === 'canary' ? { kind: 'blue-green' } : before.strategy;
  const note = `${choice.because}: target, instances and criteria are those of ${before.deploymentId}.`;
  return restorationOf(
    {
      ...uncheckedYet(),
      ...before,
      ...identity,
      strategy,
      criteria: before.criteria.map(spelledOut),
      verify: unheld(before),
      notes: [...before.notes, note],
    },
    choice,
  );
}

/** Requests of versions before the checks say nothing of them, nor those before the monitors of what is watched. */
function uncheckedYet(): Pick<
  DeploymentRequest,
  'checks' | 'facts' | 'configFolder' | 'monitoring'
> {
  const { policy, facts } = defaultChecks();
  return { checks: policy, facts, configFolder: '/', monitoring: DEFAULT_MONITORING };
}

/** The requests that its watch waited for were those of thresholds that are not held now. */
function unheld({ monitoring, verify }: Partial<DeploymentRequest>): DeploymentRequest['verify'] {
  const { thresholds } = (monitoring ?? DEFAULT_MONITORING).performance;
  const watched = verify ?? DEFAULTS.verify;
  return thresholds === null ? watched : { ...watched, minimumRequests: 0 };
}

/** Criteria of versions before the metric sources say neither unit nor comparison. */
function spelledOut(criterion: Criterion): Criterion {
  const { metric } = criterion;
  const unit = isBuiltInMetric(metric) ? METRICS[metric].unit : 'number';
  return { ...{ unit, comparison: 'absolute', source: null }, ...criterion };
}

type Base = Omit<DeploymentRequest, 'artifact'>;

function restorationOf(base: Base, { revision, restores }: RestorationChoice): DeploymentRequest {
  return {
    ...base,
    artifact: {
      kind: 'revision',
      revision: revision.digest,
      artifact: revision.artifact,
      commit: revision.commit,
    },
    run: {
      command: revision.command,
      env: revision.env,
      secrets: revision.secrets,
      health: revision.health,
      stopGraceMs: revision.stopGraceMs,
      startWithinMs: base.run.startWithinMs,
      drainMs: base.run.drainMs,
    },
    monitoring: restoring(base.monitoring),
    gates: [],
    approval: null,
    // What it depends on may be why it is needed: its own health check has the word.
    dependsOn: [],
    restores,
  };
}

/** What saves a service must not be undone because it is slow, or because nobody calls it. */
function restoring(monitoring: MonitoringPolicy): MonitoringPolicy {
  const performance = { ...monitoring.performance, thresholds: null };
  return { ...monitoring, onNoData: 'ask', performance };
}

/** It has served everybody before: it need not prove itself on a part of the traffic again. */
function partsFor(file: BelayConfig, { ref, strategy }: RestorationChoice): RequestParts {
  const environments = file.environments.map((one) => ({
    ...one,
    monitoring: restoring(one.monitoring),
  }));
  const config = { ...file, environments };
  const choice = { environment: ref.environment, artifact: config.folder };
  const parts = requestFor(config, { ...choice, strategy });
  if (strategy !== undefined || parts.strategy.kind !== 'canary') return parts;
  return requestFor(config, { ...choice, strategy: 'blue-green' });
}

function anotherService({ file, service, folder }: BelayConfig, ref: ServiceRef): BelayError {
  const what = service === null ? 'names no service' : `is of ${service}`;
  return new BelayError(
    'CONFIG_MISSING',
    `The ${file} in ${folder} ${what}; how ${serviceName(ref)} is brought back stands in its own. Nothing was started; traffic stays as it is.`,
    { next: `Run it in the folder of ${ref.service}, or name that folder with \`-C DIR\`.` },
  );
}
