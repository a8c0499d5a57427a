export interface Sight {
  look(atMs: number, observed: Readonly<Record<string, number>>): void;
  onAtMs(revision: string): number | null;
  offAtMs(revision: string): number | null;
  blindMs(fromMs: number, toMs: number): number;
}

export function openSight(): Sight;
