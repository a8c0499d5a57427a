import { LAST_BUCKET, upperBoundMs } from '../../domain/analysis/histogram';
import type { FleetView, InstanceState, ServiceView } from '../admin-api';
import type { Family, Sample } from './exposition';
import type { RevisionTotals, ServiceTotals } from './running-totals';

/**
 * Every second bucket of the domain's histogram, from 1 ms to 68 s: their counts are exact, and 60 series a revision. Each
 * bound is 21 % above the one before, so a quantile is 10 % off at worst from the middle of its bounds; Prometheus
 * interpolates between them, which is nearer where latencies spread and 21 % off where all of them lie at one end. All
 * buckets would halve that for 119 series; half as many would hide what is worth going back from.
 */
const FIRST_BOUND = 8;
const LAST_BOUND = 124;
const BOUNDS: readonly number[] = Array.from(
  { length: (LAST_BOUND - FIRST_BOUND) / 2 + 1 },
  (_, place) => FIRST_BOUND + 2 * place,
);

export interface PlatformNumbers {
  readonly startedAtMs: number;
  readonly services: readonly ServiceNumbers[];
}

export interface ServiceNumbers {
  readonly view: ServiceView;
  readonly totals: ServiceTotals;
}

/** What `GET /metrics` shows. Requests on the header route are in none of them: no user sent those. */
export function platformFamilies({ startedAtMs, services }: PlatformNumbers): readonly Family[] {
  return [
    {
      name: 'belay_platform_start_time_seconds',
      type: 'gauge',
      help: 'When this platform started, in seconds since 1970; the counters count from then on.',
      samples: [{ labels: {}, value: startedAtMs / 1000 }],
    },
    ...revisionFamilies(services),
    ...routerFamilies(services),
    ...instanceFamilies(services),
  ];
}

function revisionFamilies(services: readonly ServiceNumbers[]): readonly Family[] {
  return [
    {
      name: 'belay_router_requests_total',
      type: 'counter',
      help: 'Attempts at an instance by how they ended: a status class, failed (no whole answer) or aborted (the client left). An attempt, not a client request: one that was tried again counts on each.',
      samples: perRevision(services, ({ status }) =>
        Object.entries(status).map(([name, value]) => ({ labels: { status: name }, value })),
      ),
    },
    {
      name: 'belay_router_request_duration_seconds',
      type: 'histogram',
      help: 'Time until the headers of the answer, or until the client gave up after a second or more. The sum is made from the buckets: off by at most 4.9 percent.',
      samples: perRevision(services, histogramSamples),
    },
    {
      name: 'belay_health_checks_total',
      type: 'counter',
      help: 'Active health checks of instances that were healthy before, by result.',
      samples: perRevision(services, ({ healthChecks }) =>
        Object.entries(healthChecks).map(([result, value]) => ({ labels: { result }, value })),
      ),
    },
  ];
}

function routerFamilies(services: readonly ServiceNumbers[]): readonly Family[] {
  return [
    {
      name: 'belay_router_answers_total',
      type: 'counter',
      help: 'Answers that the router itself made, by reason.',
      samples: perService(services, ({ totals }) =>
        Object.entries(totals.router).map(([reason, value]) => ({ labels: { reason }, value })),
      ),
    },
    weightFamily(services, 'commanded', 'What the router was last told to give each revision'),
    weightFamily(services, 'observed', 'What the router gives each revision, as instances are'),
    {
      name: 'belay_router_in_flight_requests',
      type: 'gauge',
      help: 'Requests that a revision is answering now.',
      samples: perService(services, ({ view }) => byRevision(view.traffic.inFlight)),
    },
    {
      name: 'belay_router_waiting_requests',
      type: 'gauge',
      help: 'Requests that the router holds until an instance may take them.',
      samples: perService(services, ({ view }) => [{ labels: {}, value: view.traffic.waiting }]),
    },
  ];
}

function instanceFamilies(services: readonly ServiceNumbers[]): readonly Family[] {
  return [
    {
      name: 'belay_instances',
      type: 'gauge',
      help: 'Instances by state.',
      samples: perService(services, ({ view }) => view.fleets.flatMap(stateSamples)),
    },
    {
      name: 'belay_instances_wanted',
      type: 'gauge',
      help: 'Instances that a revision is to have.',
      samples: perService(services, ({ view }) =>
        view.fleets.map(({ revision, size }) => ({ labels: { revision }, value: size })),
      ),
    },
  ];
}

function weightFamily(
  services: readonly ServiceNumbers[],
  kind: 'commanded' | 'observed',
  help: string,
): Family {
  return {
    name: `belay_router_weight_${kind}_ratio`,
    type: 'gauge',
    help: `${help}, 0 to 1; a revision with a fleet and without weight is 0.`,
    samples: perService(services, ({ view }) => {
      const none = Object.fromEntries(view.fleets.map(({ revision }) => [revision, 0]));
      return byRevision({ ...none, ...view.traffic[kind] }).map((sample) => ({
        ...sample,
        value: sample.value / 100,
      }));
    }),
  };
}

function perService(
  services: readonly ServiceNumbers[],
  samplesOf: (service: ServiceNumbers) => readonly Sample[],
): readonly Sample[] {
  return services.flatMap((numbers) => {
    const { service, environment } = numbers.view;
    return samplesOf(numbers).map((sample) => ({
      ...sample,
      labels: { service, environment, ...sample.labels },
    }));
  });
}

function perRevision(
  services: readonly ServiceNumbers[],
  samplesOf: (totals: RevisionTotals) => readonly Sample[],
): readonly Sample[] {
  return perService(services, ({ totals }) =>
    [...totals.revisions].flatMap(([revision, numbers]) =>
      samplesOf(numbers).map((sample) => ({ ...sample, labels: { revision, ...sample.labels } })),
    ),
  );
}

function byRevision(values: Readonly<Record<string, number>>): readonly Sample[] {
  return Object.entries(values).map(([revision, value]) => ({ labels: { revision }, value }));
}

function histogramSamples({ latency, latencySumMs }: RevisionTotals): readonly Sample[] {
  const upTo = (bound: number): number =>
    latency.slice(0, bound + 1).reduce((sum, count) => sum + count, 0);
  const count = upTo(LAST_BUCKET);
  return [
    ...BOUNDS.map((bound) => ({
      suffix: '_bucket',
      labels: { le: secondsOf(bound) },
      value: upTo(bound),
    })),
    { suffix: '_bucket', labels: { le: '+Inf' }, value: count },
    { suffix: '_sum', labels: {}, value: latencySumMs / 1000 },
    { suffix: '_count', labels: {}, value: count },
  ];
}

/** Four digits name a bound for good; they move it by less than a twentieth of a percent. */
function secondsOf(bound: number): string {
  return String(Number((upperBoundMs(bound) / 1000).toPrecision(4)));
}

function stateSamples({ revision, instances }: FleetView): readonly Sample[] {
  const counts: Record<InstanceState, number> = {
    starting: 0,
    healthy: 0,
    unhealthy: 0,
    crashed: 0,
    draining: 0,
    stopping: 0,
  };
  for (const { state } of instances) counts[state] += 1;
  return Object.entries(counts).map(([state, value]) => ({ labels: { revision, state }, value }));
}
