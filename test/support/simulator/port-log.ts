import { BelayError } from '../../../src/domain/errors';

/** One call of a port, in the order in which the calls ended. */
export interface PortCall {
  readonly atMs: number;
  readonly port: string;
  readonly method: string;
  readonly order: unknown;
  /** `ok`, or the error's code. */
  readonly answer: string;
}

type Method = (...parameters: unknown[]) => Promise<unknown>;

interface LogOptions {
  readonly log: PortCall[];
  readonly clock: () => number;
  readonly name: string;
  readonly only: readonly string[];
}

/** The same port; the named calls are written down. */
export function logged<P extends object>(port: P, { log, clock, name, only }: LogOptions): P {
  const methods = Object.entries(port).map(([method, call]): [string, unknown] => {
    if (!only.includes(method)) return [method, call];
    const wrapped: Method = async (...parameters) => {
      const note = (answer: string): void => {
        log.push({ atMs: clock(), port: name, method, order: parameters[0], answer });
      };
      try {
        const answer = await (call as Method).apply(port, parameters);
        note('ok');
        return answer;
      } catch (error) {
        note(error instanceof BelayError ? error.code : 'ERROR');
        throw error;
      }
    };
    return [method, wrapped];
  });
  return Object.fromEntries(methods) as P;
}
