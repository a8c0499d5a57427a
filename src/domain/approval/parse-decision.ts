import { DECISION_KINDS } from './decision';
import type { Decision, DecisionKind } from './decision';

export type ParsedDecision = { readonly decision: Decision } | { readonly problem: string };

/** The most characters that any text of an envelope may have. */
export const LONGEST_TEXT = 4_096;

type Fields = Readonly<Record<string, unknown>>;
type Problem = string | null;

/**
 * Reads the payload of the signal `decide`, whoever sent it. Checks the shape only; whether the decision is for this
 * deployment and may act is the ruling's business. Never throws; unknown fields are left out.
 */
export function parseDecision(payload: unknown, deploymentId: string): ParsedDecision {
  try {
    return readEnvelope(payload, deploymentId);
  } catch {
    return { problem: 'The decision cannot be read.' };
  }
}

function readEnvelope(payload: unknown, deploymentId: string): ParsedDecision {
  if (!isFields(payload)) return { problem: `A decision is an object, not ${kindOf(payload)}.` };
  if (payload['v'] !== 1) return { problem: 'A decision has v: 1; this one has another version.' };
  const problem =
    kindProblem(payload['kind']) ??
    deploymentProblem(payload, deploymentId) ??
    firstProblem(['id', 'actor'], (name) => textProblem(name, payload[name])) ??
    firstProblem(['reason', 'planDigest', 'proof'], (name) =>
      isAbsent(payload[name]) ? null : textProblem(name, payload[name], { mayBeEmpty: true }),
    ) ??
    firstProblem(['issuedAt', 'expiresAt'], (name) => timeProblem(name, payload[name])) ??
    weightProblem(payload);
  return problem === null ? { decision: toDecision(payload) } : { problem };
}

/** Only called with fields that were checked. */
function toDecision(fields: Fields): Decision {
  const { planDigest, proof, reason } = fields as { [name: string]: string | null | undefined };
  const { to } = fields as { to?: number | null };
  return {
    v: 1,
    id: fields['id'] as string,
    deploymentId: fields['deploymentId'] as string,
    kind: fields['kind'] as DecisionKind,
    actor: fields['actor'] as string,
    reason: reason ?? null,
    issuedAt: fields['issuedAt'] as number,
    expiresAt: fields['expiresAt'] as number,
    ...(isAbsent(planDigest) ? {} : { planDigest }),
    ...(isAbsent(to) ? {} : { to }),
    ...(isAbsent(proof) ? {} : { proof }),
  };
}

function kindProblem(kind: unknown): Problem {
  if (DECISION_KINDS.some((known) => known === kind)) return null;
  const given = typeof kind === 'string' ? JSON.stringify(kind.slice(0, 40)) : kindOf(kind);
  return `A decision has a kind, one of ${DECISION_KINDS.join(', ')}; this one has ${given}.`;
}

function deploymentProblem(fields: Fields, deploymentId: string): Problem {
  const problem = textProblem('deploymentId', fields['deploymentId']);
  return problem === null ? null : `${problem} This deployment is ${deploymentId}.`;
}

function textProblem(
  name: string,
  value: unknown,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): Problem {
  if (typeof value !== 'string') return `A decision's ${name} is text, not ${kindOf(value)}.`;
  if (value.length > LONGEST_TEXT) return `A decision's ${name} has at most 4096 characters.`;
  return value === '' && !mayBeEmpty ? `A decision's ${name} is not empty.` : null;
}

function timeProblem(name: string, value: unknown): Problem {
  if (typeof value === 'number' && Number.isFinite(value)) return null;
  return `A decision's ${name} is a time in epoch milliseconds, not ${kindOf(value)}.`;
}

function weightProblem({ kind, to }: Fields): Problem {
  if (isAbsent(to)) return null;
  if (kind !== 'promote')
    return `Only a promotion goes to a weight; this one is a ${String(kind)}.`;
  if (typeof to === 'number' && Number.isInteger(to) && to >= 1 && to <= 100) return null;
  return "A promotion's `to` is a whole percent from 1 to 100.";
}

function firstProblem(names: readonly string[], problemOf: (name: string) => Problem): Problem {
  return names.map(problemOf).find((problem) => problem !== null) ?? null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
