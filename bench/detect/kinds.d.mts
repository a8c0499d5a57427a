export interface Kind {
  readonly key: string;
  readonly fault: string;
  readonly words: string;
  readonly crashes: boolean;
}

export const FAULTY: readonly Kind[];
export const HEALTHY: Kind;
export const KINDS: readonly Kind[];
export function isHealthy(kind: Pick<Kind, 'key'>): boolean;
