import { OUTCOMES, type Outcome } from '../domain/outcome';
import type { DeploymentOutcome } from '../workflows/messages';
import type { RunOutcome } from './temporal-runs';

/** What a closed run's result or error says. Never throws: what cannot be read is a failure that says so. */
export function outcomeOf(
  result: { readonly value: unknown } | { readonly error: unknown },
): RunOutcome {
  if ('value' in result) return fromValue(result.value);
  return fromError(result.error);
}

function fromValue(value: unknown): RunOutcome {
  const outcome = readOutcome(value);
  if (outcome !== null) return { kind: 'outcome', outcome };
  return { kind: 'failure', message: 'its result cannot be read', leftBehind: [] };
}

function fromError(error: unknown): RunOutcome {
  const chain = causesOf(error);
  const outcome = chain
    .flatMap(detailsOf)
    .map(readOutcome)
    .find((found) => found !== null);
  if (outcome !== undefined) return { kind: 'outcome', outcome };
  const last = chain.at(-1);
  const message = last instanceof Error ? last.message : 'it failed without a reason';
  return { kind: 'failure', message, leftBehind: [] };
}

function readOutcome(value: unknown): DeploymentOutcome | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Partial<Record<keyof DeploymentOutcome, unknown>>;
  if (!isOutcome(fields.outcome) || typeof fields.deploymentId !== 'string') return null;
  return {
    deploymentId: fields.deploymentId,
    outcome: fields.outcome,
    cause: textOrNull(fields.cause) ?? '',
    revision: textOrNull(fields.revision),
    serving: textOrNull(fields.serving),
    leftBehind: Array.isArray(fields.leftBehind) ? fields.leftBehind.map(String) : [],
  };
}

export function isOutcome(text: unknown): text is Outcome {
  return OUTCOMES.some((outcome) => outcome === text);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let at: unknown = error;
  while (at instanceof Error && chain.length < 10) {
    chain.push(at);
    at = at.cause;
  }
  return chain;
}

function detailsOf(error: unknown): readonly unknown[] {
  const details = (error as { readonly details?: unknown }).details;
  return Array.isArray(details) ? (details as readonly unknown[]) : [];
}
