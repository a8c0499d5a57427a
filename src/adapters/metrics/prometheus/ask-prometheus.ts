import { jsonOf, parseJson } from '../../source-answer';
import type { SourceSession } from '../../source-session';

/** What Prometheus' HTTP API answered to one call. */
export type PromAnswer =
  | { readonly kind: 'data'; readonly data: unknown; readonly warning: string | null }
  /** The call itself is at fault, or `mayPass`: what it met in the data of the moment. */
  | { readonly kind: 'refused'; readonly reason: string; readonly mayPass: boolean };

export interface PromCall {
  readonly base: string;
  /** After `/api/v1/`. */
  readonly path: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** Throws `METRICS_UNAVAILABLE` where what answers is not Prometheus, or cannot answer now. */
export async function askPrometheus(session: SourceSession, call: PromCall): Promise<PromAnswer> {
  const answer = await session.get(urlOf(call));
  const body = parseJson(answer.text);
  if (isRefusal(answer.status) && isError(body))
    return {
      kind: 'refused',
      reason: session.quote(body.error),
      mayPass: answer.status === EXECUTION,
    };
  if (answer.status !== 200 && isError(body))
    throw session.unusable(`answered ${answer.status}: ${session.quote(body.error)}`);
  const whole = jsonOf(session, answer);
  if (isSuccess(whole))
    return { kind: 'data', data: whole.data, warning: warningOf(session, whole) };
  throw session.unusable(
    'answered JSON that is not of the API of Prometheus',
    'Let its address be that of Prometheus, without /api/v1.',
  );
}

function urlOf({ base, path, parameters }: PromCall): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/${path}`;
  url.search = new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();
  return url;
}

/** The query cannot be parsed. */
const BAD_DATA = 400;
/** It failed on what it found, as on a store that is away, or on a series that is there twice for a while. */
const EXECUTION = 422;

/** It is about the query, not about Prometheus. */
function isRefusal(status: number): boolean {
  return status === BAD_DATA || status === EXECUTION;
}

interface ErrorBody {
  readonly status: 'error';
  readonly error: string;
}

function isError(body: unknown): body is ErrorBody {
  return has(body, 'status', 'error') && typeof body['error'] === 'string';
}

interface SuccessBody {
  readonly status: 'success';
  readonly data: unknown;
  readonly warnings?: unknown;
  readonly isPartial?: unknown;
}

function isSuccess(body: unknown): body is SuccessBody {
  return has(body, 'status', 'success') && 'data' in body;
}

/** Prometheus warns where a part of the data could not be read: counts without it are not the counts. */
function warningOf(session: SourceSession, { warnings, isPartial }: SuccessBody): string | null {
  if (isPartial === true) return 'a part of the data is missing';
  const [first] = Array.isArray(warnings) ? (warnings as unknown[]) : [];
  return typeof first === 'string' ? session.quote(first) : null;
}

function has(value: unknown, key: string, wanted: string): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as Record<string, unknown>)[key] === wanted
  );
}
