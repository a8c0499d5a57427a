import { requestFor } from '../../../src/config/assemble-request';
import { restoreLike } from '../../../src/config/assemble-restoration';
import { defaultChecks } from '../../../src/config/checks';
import type { DeploymentRequest } from '../../../src/domain/deployment';
import { REVISION } from '../domain/support/plan-inputs';
import { MINIMAL, parse } from './support';

const IDENTITY = {
  deploymentId: 'shop-default-2',
  requestKey: null,
  initiator: 'ada',
  reason: null,
  requestedAtMs: 5,
};

const before: DeploymentRequest = {
  ...requestFor(parse(`${MINIMAL}deploymentPipeline: { build: { parallelJobs: 2 } }\n`), {}),
  ...IDENTITY,
  deploymentId: 'shop-default-1',
};

function restored(request: DeploymentRequest): DeploymentRequest {
  const ref = { service: 'shop', environment: 'default' };
  const choice = { ref, revision: REVISION, restores: null, strategy: undefined };
  return restoreLike(request, { ...choice, because: 'There is no belay.yaml' }, IDENTITY);
}

describe('a restoration without the file', () => {
  test('is checked as the deployment before it was', () => {
    const { checks, facts, configFolder } = restored(before);
    expect(checks.parallelJobs).toBe(2);
    expect({ checks, facts, configFolder }).toEqual({
      checks: before.checks,
      facts: before.facts,
      configFolder: '/srv/shop',
    });
  });

  test('is checked by everything where that one was of a version before the checks', () => {
    const { checks: _checks, facts: _facts, configFolder: _folder, ...old } = before;
    const request = restored(old as DeploymentRequest);
    expect(request.checks).toEqual(defaultChecks().policy);
    expect(request.facts).toEqual(defaultChecks().facts);
  });
});
