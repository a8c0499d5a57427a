import fc from 'fast-check';
import { bucketOf, quantileMs } from '../../../src/domain/analysis/histogram';
import type { ServiceView } from '../../../src/platform/admin-api';
import { writeExposition } from '../../../src/platform/metrics/exposition';
import { metricsAddress } from '../../../src/platform/metrics/metrics-address';
import { platformFamilies } from '../../../src/platform/metrics/platform-families';
import { RunningTotals } from '../../../src/platform/metrics/running-totals';
import { SecondBuckets } from '../../../src/platform/metrics/second-buckets';
import { readExposition } from '../../support/read-exposition';

const STABLE = `sha256:${'1'.repeat(64)}`;
const CANDIDATE = `sha256:${'2'.repeat(64)}`;
const MINUTE_MS = 60_000;

let nowMs: number;
let totals: RunningTotals;

beforeEach(() => {
  nowMs = 1_000_000_000;
  totals = new RunningTotals(() => nowMs);
});

function exposed(service = 'shop', fleets: ServiceView['fleets'] = []) {
  const view: ServiceView = {
    service,
    environment: 'production',
    epoch: 1,
    claim: null,
    listener: null,
    traffic: {
      commanded: { [STABLE]: 95, [CANDIDATE]: 5 },
      observed: { [STABLE]: 100 },
      inFlight: { [STABLE]: 3 },
      isQueueing: false,
      waiting: 7,
    },
    fleets,
  };
  const services = [{ view, totals: totals.view() }];
  return readExposition(writeExposition(platformFamilies({ startedAtMs: 1_500, services })));
}

test('requests, health checks and own answers add up over the seconds', () => {
  const buckets = new SecondBuckets(() => nowMs);
  ({ totals } = buckets);
  for (let seconds = 0; seconds < 2; seconds += 1) {
    buckets.attempt(STABLE, '2xx', 12);
    buckets.attempt(STABLE, '5xx', 700);
    buckets.attempt(STABLE, 'failed', null);
    buckets.healthCheck(STABLE, 'failed');
    buckets.ownAnswer('no-weight');
    // A clock that is put back changes nothing of it.
    nowMs -= 3_600_000;
  }
  const { value } = exposed();
  const labels = { service: 'shop', environment: 'production', revision: STABLE };
  expect(value('belay_router_requests_total', { ...labels, status: '2xx' })).toBe(2);
  expect(value('belay_router_requests_total', { ...labels, status: 'failed' })).toBe(2);
  expect(value('belay_router_requests_total', { ...labels, status: '3xx' })).toBe(0);
  expect(value('belay_health_checks_total', { ...labels, result: 'failed' })).toBe(2);
  expect(value('belay_router_request_duration_seconds_count', labels)).toBe(4);
  expect(value('belay_router_answers_total', { reason: 'no-weight' })).toBe(2);
  expect(value('belay_router_answers_total', { reason: 'queue-full' })).toBe(0);
  expect(value('belay_platform_start_time_seconds')).toBe(1.5);
});

test('weights are ratios, and a revision with a fleet and without weight is 0', () => {
  const fleet = { size: 2, healthy: 0, parkedUntilMs: null, instances: [], lastLines: [] };
  const { value } = exposed('shop', [{ ...fleet, revision: CANDIDATE }]);
  const candidate = { revision: CANDIDATE };
  expect(value('belay_router_weight_commanded_ratio', candidate)).toBe(0.05);
  expect(value('belay_router_weight_observed_ratio', candidate)).toBe(0);
  expect(value('belay_instances_wanted', candidate)).toBe(2);
  expect(value('belay_instances', { ...candidate, state: 'crashed' })).toBe(0);
  expect(value('belay_router_waiting_requests')).toBe(7);
});

test('a revision is there at zero before its first request, so that the request is a rise', () => {
  totals.keep([CANDIDATE]);
  const { value } = exposed();
  expect(value('belay_router_requests_total', { revision: CANDIDATE, status: '5xx' })).toBe(0);
});

test('a revision that has been gone for 15 minutes is dropped, and not before', () => {
  totals.keep([STABLE, CANDIDATE]);
  nowMs += 14 * MINUTE_MS;
  totals.keep([STABLE]);
  expect([...totals.view().revisions.keys()]).toEqual([STABLE, CANDIDATE]);
  nowMs += MINUTE_MS;
  totals.keep([STABLE]);
  expect([...totals.view().revisions.keys()]).toEqual([STABLE]);
});

test('the histogram is cumulative, ends with everything, and has at most 60 bounds', () => {
  for (const ms of [0.1, 1, 10, 100, 1_000, 10_000, 200_000]) totals.attempt(STABLE, '2xx', ms);
  const { samples } = exposed();
  const buckets = samples.filter(({ name }) => name.endsWith('_bucket'));
  const counts = buckets.map(({ value }) => value);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(buckets.at(-1)).toMatchObject({ labels: { le: '+Inf' }, value: 7 });
  expect(buckets.length).toBeLessThanOrEqual(60);
  const bounds = buckets.slice(0, -1).map(({ labels }) => Number(labels['le']));
  expect(Math.min(...bounds)).toBeLessThanOrEqual(0.0011);
  expect(Math.max(...bounds)).toBeGreaterThanOrEqual(60);
});

test('a quantile that is the middle of its bounds is at most 10.1 % off, from 1 ms to 60 s', () => {
  fc.assert(
    fc.property(fc.double({ min: 1.1, max: 60_000, noNaN: true }), (latencyMs) => {
      totals = new RunningTotals(() => nowMs);
      totals.attempt(STABLE, '2xx', latencyMs);
      const { samples } = exposed();
      const buckets = samples.filter(({ name }) => name.endsWith('_bucket'));
      const place = buckets.findIndex(({ value }) => value === 1);
      const upper = Number(buckets[place]?.labels['le']) * 1_000;
      const lower = Number(buckets[place - 1]?.labels['le'] ?? 0.000_886) * 1_000;
      expect(Math.abs(Math.sqrt(lower * upper) / latencyMs - 1)).toBeLessThan(0.101);
      const sum = samples.find(({ name }) => name.endsWith('_sum'))?.value ?? 0;
      expect(Math.abs((sum * 1_000) / latencyMs - 1)).toBeLessThan(0.0501);
      expect(quantileMs({ buckets: [[bucketOf(latencyMs), 1]] }, 0.5)).toBeCloseTo(sum * 1_000, 6);
    }),
  );
});

test('any text is a label that reads back as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (service) => {
      const { samples } = exposed(service);
      expect(new Set(samples.map(({ labels }) => labels['service']))).toEqual(
        new Set([undefined, service]),
      );
    }),
  );
  expect(exposed('a"b\\c\nd').value('belay_router_waiting_requests')).toBe(7);
});

describe('the address of /metrics', () => {
  test.each([
    ['127.0.0.1:23529', { host: '127.0.0.1', port: 23_529 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['off', 'off'],
  ])('%s', (text, address) => {
    expect(metricsAddress(text, {})).toEqual(address);
    expect(metricsAddress(undefined, { BELAY_METRICS: text })).toEqual(address);
  });

  test('is off unless it is named', () => {
    expect(metricsAddress(undefined, {})).toBe('off');
    expect(metricsAddress(undefined, { BELAY_METRICS: '' })).toBe('off');
  });

  test.each(['localhost:1', '127.0.0.1', '::1:5', '127.0.0.1:65536', '[127.0.0.1]:1', ':1', '1'])(
    'cannot be %s',
    (text) => {
      expect(metricsAddress(text, {})).toBeNull();
    },
  );
});
