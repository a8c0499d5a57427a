import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assembleRequest, requestFor, serviceRefOf } from '../../../src/config/assemble-request';
import { errorOf, MINIMAL, parse, ROOT } from './support';

const TWO = `${MINIMAL}
env: { LOG_LEVEL: debug, RETRIES: 3, TRACE: true }
dependsOn: ['tcp://127.0.0.1:5432']
rollbackCriteria:
  automatic: [{ metric: error_rate, threshold: 5, duration: 60 }]
deploymentPipeline:
  deployment:
    strategy: blue-green
    environments:
      - name: staging
        listen: 8081
      - name: production
        instances: 4
        strategy: canary
        canary: { steps: [{ weight: 10, bake: 30 }] }
        rollbackWindow: 60
        rollbackCriteria:
          manual: [{ metric: response_time_p95, threshold: 800, duration: 10 }]
        env: { LOG_LEVEL: warn }
        dependsOn: []
        approvers: [ada, grace, ada]
        quorum: 2
        approvalDeadline: 3600
`;

describe('a request', () => {
  test('holds every default of the smallest file', () => {
    const request = requestFor(parse(MINIMAL), {});
    expect(request).toMatchObject({
      schemaVersion: 1,
      service: 'shop',
      environment: 'default',
      artifact: { kind: 'files', path: '/srv/shop/dist', commit: null },
      run: {
        command: ['node', 'server.js'],
        env: {},
        secrets: [],
        health: { path: '/health', intervalMs: 1_000, timeoutMs: 2_000, healthyAfter: 2 },
        stopGraceMs: 10_000,
        startWithinMs: 60_000,
        drainMs: 30_000,
      },
      target: { kind: 'local', listen: 8080 },
      instances: 2,
      strategy: { kind: 'blue-green' },
      verify: { leastMs: 60_000, longestMs: 180_000, minimumRequests: 0 },
      rollbackWindowMs: 900_000,
      approval: null,
      dependsOn: [],
    });
  });

  test('is guarded by the automatic criteria of the specification where the file has none, and says so', () => {
    const { criteria, notes } = requestFor(parse(MINIMAL), {});
    expect(criteria.map(({ id, action }) => [id, action])).toEqual([
      ['automatic/error_rate', 'rollback'],
      ['automatic/response_time_p99', 'rollback'],
      ['automatic/availability', 'rollback'],
    ]);
    expect(notes).toEqual([expect.stringContaining('No `rollbackCriteria`')]);
  });

  test('has no criterion where the file asks for none', () => {
    const { criteria, notes } = requestFor(parse(`${MINIMAL}rollbackCriteria: {}\n`), {});
    expect(criteria).toEqual([]);
    expect(notes).toEqual([]);
  });

  test('refuses secrets and known vulnerabilities where the file has no gates', () => {
    expect(
      requestFor(parse(MINIMAL), {}).gates.map(({ name, blocking }) => [name, blocking]),
    ).toEqual([
      ['Critical Vulnerabilities', true],
      ['High Vulnerabilities', true],
      ['Secret Detection', true],
    ]);
  });

  test('takes the first environment where none is named, with the values of the top', () => {
    expect(requestFor(parse(TWO), {})).toMatchObject({
      environment: 'staging',
      target: { listen: 8081 },
      instances: 2,
      strategy: { kind: 'blue-green' },
      run: { env: { LOG_LEVEL: 'debug', RETRIES: '3', TRACE: 'true' } },
      dependsOn: ['tcp://127.0.0.1:5432'],
      approval: null,
    });
  });

  test("takes each of the environment's own values before the top's", () => {
    const request = requestFor(parse(TWO), { environment: 'production' });
    expect(request).toMatchObject({
      environment: 'production',
      target: { listen: 8080 },
      instances: 4,
      rollbackWindowMs: 60_000,
      strategy: {
        kind: 'canary',
        steps: [{ weight: 10, bake: { leastMs: 30_000, longestMs: 90_000, minimumRequests: 20 } }],
      },
      run: { env: { LOG_LEVEL: 'warn', RETRIES: '3', TRACE: 'true' } },
      dependsOn: [],
      approval: { approvers: ['ada', 'grace'], quorum: 2, deadlineMs: 3_600_000 },
    });
    expect(request.criteria.map(({ id }) => id)).toEqual(['manual/response_time_p95']);
  });

  test('takes strategy and artifact of the command line before those of the file', () => {
    const config = parse(TWO);
    const choice = { strategy: 'canary', artifact: 'build/2' };
    const request = requestFor(config, choice);
    expect(request.artifact.path).toBe('/srv/shop/build/2');
    expect(request.strategy).toMatchObject({
      kind: 'canary',
      steps: [{ weight: 5 }, { weight: 20 }, { weight: 50 }, { weight: 100 }],
    });
    expect(requestFor(config, { artifact: '/elsewhere' }).artifact.path).toBe('/elsewhere');
  });

  test('carries the identity that the client gives it', () => {
    const identity = {
      deploymentId: 'shop-default-01',
      requestKey: 'ci-7',
      initiator: 'ada',
      reason: 'because',
      requestedAtMs: 5,
      commit: 'abc',
    };
    const { commit, ...rest } = identity;
    const request = assembleRequest(parse(MINIMAL), {}, identity);
    expect(request).toMatchObject(rest);
    expect(request.artifact.commit).toBe(commit);
    expect(request).not.toHaveProperty('commit');
  });

  test('is plain data that survives JSON', () => {
    const request = requestFor(parse(TWO), { environment: 'production' });
    expect(JSON.parse(JSON.stringify(request))).toEqual(request);
  });

  test('can be made from the example service for each of its environments', () => {
    const config = parse(readFileSync(join(ROOT, 'examples/shop/belay.yaml'), 'utf8'));
    expect(requestFor(config, { environment: 'staging' }).strategy.kind).toBe('blue-green');
    expect(requestFor(config, { environment: 'production' }).strategy.kind).toBe('canary');
  });
});

describe('a request that cannot be made', () => {
  test('for an unknown environment names those there are', () => {
    const error = errorOf(() => requestFor(parse(TWO), { environment: 'prodution' }));
    expect(error.code).toBe('ENVIRONMENT_UNKNOWN');
    expect(error.message).toContain('staging, production');
    expect(error.next).toBe('Did you mean `production`?');
  });

  test('names only the keys that are missing', () => {
    const error = errorOf(() => requestFor(parse('service: shop\nlisten: 8080\n'), {}));
    expect(error.code).toBe('CONFIG_MISSING');
    expect(error.message).toContain('`artifact`, `run`, `health`');
    expect(error.message).not.toContain('`listen`');
  });

  test('needs no artifact in the file where the command line names one', () => {
    const text = MINIMAL.replace('artifact: ./dist\n', '');
    expect(requestFor(parse(text), { artifact: './dist' }).artifact.path).toBe('/srv/shop/dist');
  });

  test('with a strategy that does not exist is a mistake of the command line', () => {
    const error = errorOf(() => requestFor(parse(MINIMAL), { strategy: 'canari' }));
    expect(error.code).toBe('USAGE');
    expect(error.next).toBe('Did you mean `--strategy canary`?');
  });
});

describe('the service that a file stands for', () => {
  test('is known without the keys of a deployment', () => {
    expect(serviceRefOf(parse('service: shop\n'))).toEqual({
      service: 'shop',
      environment: 'default',
    });
  });

  test('is missing where the file does not say it', () => {
    expect(errorOf(() => serviceRefOf(parse('listen: 8080\n'))).code).toBe('CONFIG_MISSING');
  });
});
