import type {
  ClaimRequest,
  DrainRequest,
  Fence,
  Fenced,
  FleetRequest,
  ListenerRequest,
  ParkRequest,
  QueueRequest,
  ReduceRequest,
  RetireRequest,
  ShutdownRequest,
  WeightsRequest,
} from '../admin-api';
import type { HealthCheck } from '../../domain/revision';
import { badField, BodyReader } from './body-reader';

const COUNT = { least: 0, most: Number.MAX_SAFE_INTEGER };
const WAIT_MS = { least: 0, most: 24 * 3_600_000 };
/** Far beyond what a service may have: how many that is, is said with the sum. */
const SIZE = { least: 0, most: 10_000 };
/** Node gives up on a request that is not read for an hour. */
const QUEUE_MS = { least: 1, most: 1_800_000 };

export function claimRequest(body: unknown): ClaimRequest {
  const reader = BodyReader.of(body);
  return {
    deploymentId: reader.text('deploymentId'),
    runId: reader.text('runId'),
    after: reader.integer('after', COUNT),
  };
}

export function fenced(body: unknown): Fenced {
  return { fence: fenceOf(BodyReader.of(body)) };
}

export function listenerRequest(body: unknown): ListenerRequest {
  const reader = BodyReader.of(body);
  const host = reader.optionalText('host');
  return {
    fence: fenceOf(reader),
    port: reader.integer('port', { least: 0, most: 65_535 }),
    ...(host === undefined ? {} : { host }),
  };
}

export function fleetRequest(body: unknown): FleetRequest {
  const reader = BodyReader.of(body);
  const command = reader.texts('command');
  if ((command[0] ?? '') === '') throw badField('command', 'a list that begins with a program');
  return {
    fence: fenceOf(reader),
    artifact: reader.digest('artifact'),
    command,
    env: reader.variables('env'),
    secrets: reader.variableNames('secrets'),
    health: healthOf(reader.object('health')),
    stopGraceMs: reader.integer('stopGraceMs', WAIT_MS),
    size: reader.integer('size', SIZE),
    token: reader.text('token'),
  };
}

export function weightsRequest(body: unknown): WeightsRequest {
  const reader = BodyReader.of(body);
  return { fence: fenceOf(reader), weights: reader.weights('weights') };
}

export function drainRequest(body: unknown): DrainRequest {
  const reader = BodyReader.of(body);
  return { fence: fenceOf(reader), timeoutMs: reader.integer('timeoutMs', WAIT_MS) };
}

export function retireRequest(body: unknown): RetireRequest {
  const reader = BodyReader.of(body);
  return { fence: fenceOf(reader), drainMs: reader.integer('drainMs', WAIT_MS) };
}

export function reduceRequest(body: unknown): ReduceRequest {
  const reader = BodyReader.of(body);
  return {
    fence: fenceOf(reader),
    size: reader.integer('size', { ...SIZE, least: 1 }),
    drainMs: reader.integer('drainMs', WAIT_MS),
  };
}

export function parkRequest(body: unknown): ParkRequest {
  const reader = BodyReader.of(body);
  return {
    fence: fenceOf(reader),
    untilMs: reader.integer('untilMs', COUNT),
    drainMs: reader.integer('drainMs', WAIT_MS),
  };
}

export function queueRequest(body: unknown): QueueRequest {
  const reader = BodyReader.of(body);
  return { fence: fenceOf(reader), mostWaitMs: reader.integer('mostWaitMs', QUEUE_MS) };
}

export function shutdownRequest(body: unknown): ShutdownRequest {
  return { services: BodyReader.of(body).oneOf('services', ['leave', 'stop']) };
}

function fenceOf(reader: BodyReader): Fence {
  const fence = reader.object('fence');
  return { epoch: fence.integer('epoch', COUNT), n: fence.integer('n', COUNT) };
}

function healthOf(reader: BodyReader): HealthCheck {
  const path = reader.text('path');
  if (!/^\/[\x21-\x7e]*$/.test(path)) throw badField('health.path', 'a path that begins with /');
  return {
    path,
    intervalMs: reader.integer('intervalMs', { least: 10, most: 3_600_000 }),
    timeoutMs: reader.integer('timeoutMs', { least: 1, most: 3_600_000 }),
    healthyAfter: reader.integer('healthyAfter', { least: 1, most: 1_000 }),
    unhealthyAfter: reader.integer('unhealthyAfter', { least: 1, most: 1_000 }),
  };
}
