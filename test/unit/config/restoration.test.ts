import { requestFor } from '../../../src/config/assemble-request';
import { assembleRestoration, restoreLike } from '../../../src/config/assemble-restoration';
import { defaultChecks } from '../../../src/config/checks';
import type { DeploymentRequest } from '../../../src/domain/deployment';
import { DEFAULT_MONITORING } from '../../../src/domain/monitoring/policy';
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

describe('a restoration with the file', () => {
  test('is not watched longer for thresholds that it is not held to', () => {
    const text = `${MINIMAL}deploymentPipeline: { monitoring: { performanceValidation: true } }\n`;
    const ref = { service: 'shop', environment: 'default' };
    const choice = { ref, revision: REVISION, restores: null, strategy: undefined };
    const request = assembleRestoration(parse(text), choice, IDENTITY);
    expect(request.monitoring.performance.thresholds).toBeNull();
    expect(request.verify.leastMs).toBe(60_000);
    expect(request.notes.join()).not.toContain('performance');
  });
});

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

  test('holds no performance against what is brought back, and asks where nothing was seen', () => {
    const slow = `${MINIMAL}onNoData: rollback\nprobe: { path: /x }\nperformance: { responseTime: { p95: 5 } }\n`;
    const strict = { ...before, ...requestFor(parse(slow), {}) };
    expect(strict.monitoring.performance.thresholds).not.toBeNull();
    expect(strict.verify.minimumRequests).toBe(100);
    expect(restored(strict).verify.minimumRequests).toBe(0);
    expect(restored(strict).monitoring).toMatchObject({
      onNoData: 'ask',
      probe: { path: '/x', perSecond: 1 },
      performance: { thresholds: null },
    });
  });

  test('is watched by the defaults where that one was of a version before the monitors', () => {
    const { monitoring: _monitoring, ...old } = before;
    const criteria = before.criteria.map(
      ({ unit: _unit, comparison: _comparison, source: _source, ...rest }) => rest,
    );
    const request = restored({ ...old, criteria } as unknown as DeploymentRequest);
    expect(request.monitoring).toEqual(DEFAULT_MONITORING);
    expect(request.criteria).toEqual(before.criteria);
  });

  test('is checked by everything where that one was of a version before the checks', () => {
    const { checks: _checks, facts: _facts, configFolder: _folder, ...old } = before;
    const request = restored(old as DeploymentRequest);
    expect(request.checks).toEqual(defaultChecks().policy);
    expect(request.facts).toEqual(defaultChecks().facts);
  });
});
