import { defaultFailureConverter, defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

export type Failure = temporal.api.failure.v1.IFailure;

export function encode(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value);
}

export function encodeAll(values: readonly unknown[]): Payload[] {
  return values.map(encode);
}

export function decode(payload: temporal.api.common.v1.IPayload | null | undefined): unknown {
  return payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
}

export function decodeAll(
  payloads: readonly temporal.api.common.v1.IPayload[] | null | undefined,
): unknown[] {
  return (payloads ?? []).map(decode);
}

export function failureOf(error: unknown): Failure {
  return defaultFailureConverter.errorToFailure(error, defaultPayloadConverter);
}
