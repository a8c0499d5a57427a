/** Search attributes of a deployment, by name, with their Temporal types. */
export const searchAttributes: Readonly<Record<string, 'Keyword' | 'Double' | 'Datetime'>>;

/**
 * Arguments of the `temporal` binary for a development server that survives a kill. Without
 * `uiPort` there is no web page. Search attributes act on a new database only.
 */
export function devServerArguments(options: {
  readonly port: number;
  readonly uiPort?: number;
  /** Path of the SQLite file; made when missing. */
  readonly database: string;
}): string[];
