import { PlatformError } from '../platform-error';
import type { Platform } from '../platform';
import type { Service } from '../service';
import { badField, digestOf, nameOf } from './body-reader';
import {
  claimRequest,
  drainRequest,
  fenced,
  fleetRequest,
  listenerRequest,
  parkRequest,
  queueRequest,
  reduceRequest,
  retireRequest,
  shutdownRequest,
  weightsRequest,
} from './requests';

export interface Call {
  readonly method: string;
  /** Path segments after `/v1`, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where there was none. */
  readonly body: unknown;
}

export interface AdminActions {
  readonly platform: Platform;
  /** Called once its answer is on its way. */
  readonly onShutdown: (services: 'leave' | 'stop') => void;
}

/** Answers one call of the admin API, or throws a `PlatformError`. */
export async function answerCall(call: Call, actions: AdminActions): Promise<unknown> {
  const { platform, onShutdown } = actions;
  const [first, service = '', environment = '', ...rest] = call.path;
  if (first === 'services') {
    const address = {
      service: nameOf(service, 'The service'),
      environment: nameOf(environment, 'The environment'),
    };
    return serviceCall(call, { platform, ...address, rest });
  }
  switch (`${call.method} ${call.path.join('/')}`) {
    case 'GET platform':
      return platform.view();
    case 'POST shutdown': {
      const { services } = shutdownRequest(call.body);
      const view = await platform.view();
      onShutdown(services);
      return view;
    }
    default:
      throw unknownCall(call);
  }
}

interface ServiceAddress {
  readonly platform: Platform;
  readonly service: string;
  readonly environment: string;
  readonly rest: readonly string[];
}

async function serviceCall(
  call: Call,
  { platform, service, environment, rest }: ServiceAddress,
): Promise<unknown> {
  const [thing = '', digest, action = ''] = rest;
  if (call.method === 'POST' && rest.join('/') === 'claim') {
    return platform.claim(service, environment, claimRequest(call.body));
  }
  const known = platform.service(service, environment);
  if (thing !== 'fleets' || digest === undefined) return wholeServiceCall(call, known, rest);
  return fleetCall(call, known, { revision: digestOf(digest, 'The revision'), action });
}

async function wholeServiceCall(
  call: Call,
  service: Service,
  rest: readonly string[],
): Promise<unknown> {
  switch (`${call.method} ${rest.join('/')}`) {
    case 'GET ':
      return service.view();
    case 'POST release':
      return service.release(fenced(call.body));
    case 'PUT listener':
      return service.setListener(listenerRequest(call.body));
    case 'PUT weights':
      return service.setWeights(weightsRequest(call.body));
    case 'PUT queue':
      return service.queueRequests(queueRequest(call.body));
    case 'POST queue/release':
      return service.releaseRequests(fenced(call.body));
    case 'GET metrics': {
      const from = queryNumber(call, 'from', 0);
      return service.metricsBetween(from, queryNumber(call, 'to', Number.MAX_SAFE_INTEGER));
    }
    default:
      throw unknownCall(call);
  }
}

function fleetCall(
  call: Call,
  service: Service,
  { revision, action }: { readonly revision: string; readonly action: string },
): Promise<unknown> {
  switch (`${call.method} ${action}`) {
    case 'PUT ':
      return service.setFleet(revision, fleetRequest(call.body));
    case 'DELETE ':
      return service.retire(revision, retireRequest(call.body));
    case 'POST reduce':
      return service.reduce(revision, reduceRequest(call.body));
    case 'POST park':
      return service.park(revision, parkRequest(call.body));
    case 'POST drain':
      return service.drain(revision, drainRequest(call.body));
    case 'GET logs':
      return service.logs(revision, Math.min(1_000, queryNumber(call, 'lines', 100)));
    default:
      throw unknownCall(call);
  }
}

function queryNumber({ query }: Call, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw badField(`?${name}`, 'a number, 0 or more');
}

function unknownCall({ method, path }: Call): PlatformError {
  return new PlatformError('NOT_FOUND', `There is no call ${method} /v1/${path.join('/')}.`);
}
