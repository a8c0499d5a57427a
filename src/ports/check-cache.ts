/** Results of complete checks, kept by what they depend on. Losing all of it costs time only. */
export interface CheckCache {
  /** Null where nothing is kept, or what is kept cannot be read or is older than that. */
  get(key: string, maxAgeMs: number): Promise<unknown>;
  put(key: string, result: unknown): Promise<void>;
}
