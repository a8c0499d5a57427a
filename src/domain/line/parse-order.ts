import type { ServiceRef } from '../deployment';
import { isConflictPolicy } from './conflict';
import type { LeaveOrder, LineEntry, LineKind } from './line-entry';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the payload of the signal `join`, whoever sent it; null: it cannot be read, or is about another service. What
 * the request asks for is the business of `deploy`. Never throws.
 */
export function parseEntry(payload: unknown, ref: ServiceRef): LineEntry | null {
  if (!isFields(payload)) return null;
  const { request, kind, joinedAtMs, deadlineMs } = payload;
  const isReadable =
    isKind(kind) && isTime(joinedAtMs) && isTime(deadlineMs) && isRequestFor(request, ref);
  return isReadable ? (payload as unknown as LineEntry) : null;
}

/** Reads the payload of the signal `leave`; null: it cannot be read. Never throws. */
export function parseLeave(payload: unknown): LeaveOrder | null {
  if (!isFields(payload)) return null;
  const { deploymentId, actor, reason } = payload;
  if (!isName(deploymentId) || !isName(actor)) return null;
  return { deploymentId, actor, reason: typeof reason === 'string' ? reason : null };
}

function isRequestFor(request: unknown, ref: ServiceRef): boolean {
  if (!isFields(request)) return false;
  const { deploymentId, initiator, service, environment, requestKey, artifact } = request;
  const isNamed = isName(deploymentId) && isName(initiator);
  const isHere = service === ref.service && environment === ref.environment;
  const hasKey = requestKey === null || typeof requestKey === 'string';
  return isNamed && isHere && hasKey && isFields(artifact);
}

function isKind(value: unknown): value is LineKind {
  return value === 'rollback' || isConflictPolicy(value);
}

/** The last moment that a date can name. */
const LATEST_MS = 8.64e15;

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LATEST_MS;
}

const LONGEST_NAME = 200;

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
