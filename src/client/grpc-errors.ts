import { isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';

const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;
const NOT_FOUND = 5;
const UNAVAILABLE = 14;

/** No answer in time. */
export function isTimeout(error: unknown): boolean {
  return grpcCodeOf(error) === DEADLINE_EXCEEDED;
}

/** No server, or none that answers in time. */
export function isUnreachable(error: unknown): boolean {
  const code = grpcCodeOf(error);
  return code === UNAVAILABLE || code === DEADLINE_EXCEEDED;
}

/** There is no such run, or it has ended and takes no more messages. */
export function isUnknownRun(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || grpcCodeOf(error) === NOT_FOUND;
}

/** The server will never take this, however often it is sent. */
export function isInvalid(error: unknown): boolean {
  return grpcCodeOf(error) === INVALID_ARGUMENT;
}

/** The gRPC status code that the error or one of its causes carries. */
function grpcCodeOf(error: unknown): number | null {
  if (isGrpcServiceError(error)) return error.code;
  if (error instanceof ServiceError || error instanceof Error) {
    return error.cause === undefined ? null : grpcCodeOf(error.cause);
  }
  return null;
}
