import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BelayError } from '../../domain/errors';
import { packageRoot } from './package-root';

/** What tools/temporal offers: see the .d.mts files there. */
export interface TemporalTools {
  readonly resolveTemporal: (options: {
    readonly log: (line: string) => void;
    readonly env: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
  }) => Promise<ResolvedTemporal>;
  readonly devServerArguments: (options: {
    readonly port: number;
    readonly uiPort: number;
    readonly database: string;
  }) => string[];
}

export type ResolvedTemporal =
  | { readonly kind: 'address'; readonly address: string }
  | {
      readonly kind: 'binary';
      readonly path: string;
      readonly version: string;
      readonly server: string;
    };

/** Loaded at run time: tools are plain ES modules beside the package's compiled code. */
export async function loadTemporalTools(): Promise<TemporalTools> {
  const load = async <T>(name: string): Promise<T> =>
    (await import(pathToFileURL(join(packageRoot(), 'tools', 'temporal', name)).href)) as T;
  const [{ resolveTemporal }, { devServerArguments }] = await Promise.all([
    load<Pick<TemporalTools, 'resolveTemporal'>>('resolve.mjs'),
    load<Pick<TemporalTools, 'devServerArguments'>>('dev-server.mjs'),
  ]);
  return { resolveTemporal, devServerArguments };
}

/** The resolver's own complaint lists the ways to a binary for this system. */
export function withoutBinary(error: unknown): BelayError {
  const message = error instanceof Error ? error.message : String(error);
  return new BelayError(
    'CONFIG_MISSING',
    `${message}\nNothing was started; what runs already goes on.`,
    {
      next: 'Take one of these ways, then run `belay up` again.',
      cause: error,
    },
  );
}
