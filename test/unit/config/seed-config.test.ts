import { requestFor } from '../../../src/config/assemble-request';
import { errorOf, MINIMAL, parse, SEED } from './support';

describe("the specification's configuration", () => {
  test('loads unchanged', () => {
    const config = parse(SEED);
    expect(config.environments.map(({ name }) => name)).toEqual(['staging', 'production']);
    expect(config.gates).toHaveLength(8);
  });

  test('stays valid beside the keys that a deployment needs', () => {
    const request = requestFor(parse(MINIMAL + SEED), {});
    expect(request).toMatchObject({
      service: 'shop',
      environment: 'staging',
      strategy: { kind: 'blue-green' },
      approval: null,
      rollbackWindowMs: 900_000,
      target: { kind: 'local', listen: 8080 },
    });
  });

  test('alone cannot be deployed, and every missing key is named with an example line', () => {
    const error = errorOf(() => requestFor(parse(SEED), { environment: 'production' }));
    expect(error.code).toBe('CONFIG_MISSING');
    expect(error.details['missing']).toEqual(['service', 'artifact', 'run', 'listen', 'health']);
    expect(error.next).toContain('health: { path: /health }');
  });

  test('rolls back by its automatic criteria and asks by its manual ones', () => {
    const { criteria } = requestFor(parse(MINIMAL + SEED), {});
    expect(
      criteria.map(({ id, threshold, badWhen, durationMs, action, severity }) => [
        id,
        badWhen,
        threshold,
        durationMs,
        action,
        severity,
      ]),
    ).toEqual([
      ['automatic/error_rate', 'above', 5, 60_000, 'rollback', 'critical'],
      ['automatic/response_time_p99', 'above', 5000, 120_000, 'rollback', 'critical'],
      ['automatic/availability', 'below', 95, 30_000, 'rollback', 'critical'],
      ['manual/error_rate', 'above', 2, 300_000, 'ask', 'high'],
      ['manual/response_time_p95', 'above', 2000, 300_000, 'ask', 'medium'],
    ]);
  });

  test('has its sourceless criterion and its blocks without effect named', () => {
    const notes = requestFor(parse(MINIMAL + SEED), {}).notes.join('\n');
    expect(notes).toContain(
      '`business_metric_conversion` has no source, so this criterion is ignored',
    );
    expect(notes).toContain('`infrastructure` has no effect yet');
    expect(notes).toContain('`deploymentPipeline.build.artifactRetention` has no effect yet');
    expect(notes).toContain('`testing.unitTests` and `testing.integrationTests` name no `command`');
    expect(notes).not.toContain('deploymentPipeline.security');
    expect(notes).not.toContain('monitoring');
    expect(notes).toContain('`autoPromote` of staging has no effect yet');
    expect(notes).toContain('only one of them can be up');
  });

  test('asks for the approval of the named people in production', () => {
    const { approval } = requestFor(parse(MINIMAL + SEED), { environment: 'production' });
    expect(approval).toEqual({
      approvers: ['team-lead', 'devops'],
      quorum: 1,
      deadlineMs: 86_400_000,
      onDeadline: 'reject',
    });
  });

  test('reads its human gate names, blocks where it says so and warns elsewhere', () => {
    expect(
      parse(SEED).gates.map(({ metric, blocking, onMissing }) => [metric, blocking, onMissing]),
    ).toEqual([
      ['build_success', true, 'fail'],
      ['unit_test_coverage', true, 'fail'],
      ['integration_test_pass_rate', true, 'fail'],
      ['critical_vulnerabilities', true, 'fail'],
      ['high_vulnerabilities', true, 'fail'],
      ['secrets', true, 'fail'],
      ['build_time', false, 'warn'],
      ['artifact_size', false, 'warn'],
    ]);
  });
});
