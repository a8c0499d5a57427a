import { performScan } from '../../../src/activities/checks/perform-scan';
import { performValidation } from '../../../src/activities/checks/perform-validation';
import type { CheckSubject } from '../../../src/ports/check-subject';
import type { CheckCache } from '../../../src/ports/check-cache';
import type { Scanner } from '../../../src/ports/scanner';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { aScan, aValidation, FACTS, INVENTORY, POLICY } from '../../support/check-tools';

const { signal } = new AbortController();
const context = { signal, progress: () => undefined };

function aSubject(change: Partial<CheckSubject['policy']> = {}): CheckSubject {
  const policy = { ...POLICY, cacheEnabled: true, ...change };
  return { root: '/', inventory: INVENTORY, artifact: null, policy, facts: FACTS };
}

/** Keeps what it is given, as a file would: through JSON. */
function memoryCache(): CheckCache & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (key) => JSON.parse(kept.get(key) ?? 'null') as unknown,
    put: async (key, result) => void kept.set(key, JSON.stringify(result)),
  };
}

function scannerThat(scan: () => Promise<ScanReport>, identity: string | null = 'tool 1') {
  let looks = 0;
  const scanner: Scanner = {
    name: 'secrets',
    identity: async () => identity,
    scan: () => {
      looks += 1;
      return scan();
    },
  };
  return { scanner, looks: () => looks };
}

const run = (scanner: Scanner, cache: CheckCache, subject = aSubject()) =>
  performScan({ scanners: [scanner], cache }, 'secrets', { subject, context });

describe('a scan', () => {
  it('that breaks is failed, and its own words are not repeated', async () => {
    const { scanner } = scannerThat(() => Promise.reject(new RangeError('near "hunter2"')));
    const report = await run(scanner, memoryCache());
    expect(report).toMatchObject({ status: 'failed', probe: 'miss', covered: 0, total: 1 });
    expect(report.reason).toContain('RangeError');
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  it('that no worker has is unavailable, never nothing found', async () => {
    const report = await performScan({ scanners: [], cache: memoryCache() }, 'container', {
      subject: aSubject(),
      context,
    });
    expect(report).toMatchObject({ scanner: 'container', status: 'unavailable' });
  });

  it('that is switched off says so and does not look', async () => {
    const { scanner, looks } = scannerThat(async () => aScan('secrets'));
    const off = aSubject({ scanners: { ...POLICY.scanners, secrets: false } });
    const report = await run(scanner, memoryCache(), off);
    expect(report.status).toBe('not-applicable');
    expect(report.reason).toContain('switched off');
    expect(looks()).toBe(0);
  });

  it('that is cancelled ends with the cancellation', async () => {
    const controller = new AbortController();
    const { scanner } = scannerThat(() => {
      controller.abort(new Error('cancelled'));
      return Promise.reject(new Error('torn off'));
    });
    const tools = { scanners: [scanner], cache: memoryCache() };
    const cancelled = performScan(tools, 'secrets', {
      subject: aSubject(),
      context: { ...context, signal: controller.signal },
    });
    await expect(cancelled).rejects.toThrow('cancelled');
  });
});

describe('a kept result', () => {
  it('serves again as long as content, policy, facts and tool are the same', async () => {
    const cache = memoryCache();
    const { scanner, looks } = scannerThat(async () => aScan('secrets', { covered: 7, total: 7 }));
    expect((await run(scanner, cache)).cached).toBe(false);
    expect(await run(scanner, cache)).toMatchObject({ cached: true, covered: 7 });
    expect(looks()).toBe(1);
    const others: readonly CheckSubject[] = [
      aSubject({ severities: { 'secrets/jwt': 'high' } }),
      { ...aSubject(), inventory: { ...INVENTORY, digest: `sha256:${'1'.repeat(64)}` } },
      { ...aSubject(), facts: { ...FACTS, env: { MODE: 'fast' } } },
    ];
    for (const other of others) expect((await run(scanner, cache, other)).cached).toBe(false);
    const newer = scannerThat(async () => aScan('secrets'), 'tool 2');
    expect((await run(newer.scanner, cache)).cached).toBe(false);
  });

  it('does not depend on how many checks run at once', async () => {
    const cache = memoryCache();
    const { scanner } = scannerThat(async () => aScan('secrets'));
    await run(scanner, cache);
    expect((await run(scanner, cache, aSubject({ parallelJobs: 1 }))).cached).toBe(true);
  });

  it('is never used where the configuration switches it off', async () => {
    const cache = memoryCache();
    const { scanner, looks } = scannerThat(async () => aScan('secrets'));
    const off = aSubject({ cacheEnabled: false });
    await run(scanner, cache, off);
    await run(scanner, cache, off);
    expect(looks()).toBe(2);
    expect(cache.kept.size).toBe(0);
  });

  it.each([
    ['partial', { status: 'partial' as const }],
    ['timed out', { status: 'timed-out' as const }],
    ['unavailable', { status: 'unavailable' as const }],
    ['blind', { probe: 'miss' as const }],
  ])('is never one of a scan that was %s', async (_word, change) => {
    const cache = memoryCache();
    const { scanner } = scannerThat(async () => aScan('secrets', change));
    await run(scanner, cache);
    expect(cache.kept.size).toBe(0);
  });

  it('of a scan that asked a source of advisories is asked for again after an hour', async () => {
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate'] });
    const cache = memoryCache();
    const tool = { ...aScan('secrets').tool, dataSource: 'the registry', dataUpdatedAtMs: 0 };
    const { scanner } = scannerThat(async () => aScan('secrets', { tool }));
    await run(scanner, cache);
    jest.setSystemTime(59 * 60_000);
    expect((await run(scanner, cache)).cached).toBe(true);
    jest.setSystemTime(61 * 60_000);
    expect((await run(scanner, cache)).cached).toBe(false);
    jest.useRealTimers();
  });

  it('of a tool without an identity is none', async () => {
    const cache = memoryCache();
    const { scanner } = scannerThat(async () => aScan('secrets'), null);
    await run(scanner, cache);
    expect(cache.kept.size).toBe(0);
  });
});

test('a validator that breaks is a critical failure, and its own words are not repeated', async () => {
  const broken = {
    name: 'syntax' as const,
    identity: async () => 'one',
    validate: () => Promise.reject(new Error('unexpected token hunter2')),
  };
  const tools = { validators: [broken], cache: memoryCache() };
  const report = await performValidation(tools, 'syntax', { subject: aSubject(), context });
  expect(report).toMatchObject({ passed: false, severity: 'critical' });
  expect(JSON.stringify(report)).not.toContain('hunter2');
  const missing = await performValidation(tools, 'assets', { subject: aSubject(), context });
  expect(missing).toMatchObject({ validator: 'assets', passed: false, severity: 'critical' });
});

it.each([
  ['that looked at less than it should have', 2, 0],
  ['that looked at everything', 3, 1],
])('a validation %s is kept so often', async (_what, covered, times) => {
  const cache = memoryCache();
  const report = aValidation('syntax', { passed: false, severity: 'high', covered, total: 3 });
  const tool = {
    name: 'syntax' as const,
    identity: async () => 'one',
    validate: async () => report,
  };
  const tools = { validators: [tool], cache };
  await performValidation(tools, 'syntax', { subject: aSubject(), context });
  expect(cache.kept.size).toBe(times);
});

test('a broken validation is not kept', async () => {
  const cache = memoryCache();
  const report = aValidation('syntax', { passed: false, error: 'it broke', severity: 'critical' });
  const tool = {
    name: 'syntax' as const,
    identity: async () => 'one',
    validate: async () => report,
  };
  await performValidation({ validators: [tool], cache }, 'syntax', {
    subject: aSubject(),
    context,
  });
  expect(cache.kept.size).toBe(0);
});
