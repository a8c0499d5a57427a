import type { Respond } from './json-server';
import { sendJson } from './json-server';

/** The value of a query at a time in seconds; undefined: no series. */
export type Evaluate = (query: string, atSeconds: number) => number | undefined;

/** `GET /api/v1/query_range` and `/query` as Prometheus answers them: values as text, NaN and infinities too. */
export function promRange(evaluate: Evaluate): Respond {
  return (url, { response }) => {
    const number = (name: string): number => Number(url.searchParams.get(name));
    const query = url.searchParams.get('query') ?? '';
    const [start, end, step] = [number('start'), number('end'), number('step')];
    const values: [number, string][] = [];
    for (let at = start; at <= end + 1e-9; at += step) {
      const value = evaluate(query, at);
      if (value !== undefined) values.push([at, promNumber(value)]);
    }
    sendJson(response, matrix(values.length === 0 ? [] : [{ metric: {}, values }]));
  };
}

export function matrix(result: readonly unknown[]): object {
  return { status: 'success', data: { resultType: 'matrix', result } };
}

function promNumber(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
