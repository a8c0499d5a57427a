export interface BuildOptions {
  /** The folder of package.json. */
  readonly root: string;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Builds dist/ unless it was built from just these sources; answers whether it did. */
export function buildIfStale(options: BuildOptions): Promise<boolean>;
