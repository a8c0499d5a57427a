import type { IncomingMessage, ServerResponse } from 'node:http';

export const FIXTURE_ADVISORIES_PATH: string;

export interface AdvisoryStub {
  readonly address: string;
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly body: string;
  }[];
  readonly close: () => Promise<void>;
}

export interface AdvisoryStubOptions {
  /** OSV records; by default the fixtures. */
  readonly records?: readonly unknown[];
  readonly port?: number;
  /** Answers in the stub's place and says `true`, or leaves it to the stub. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export function startAdvisoryStub(options?: AdvisoryStubOptions): Promise<AdvisoryStub>;
