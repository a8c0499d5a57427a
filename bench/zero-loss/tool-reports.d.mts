interface Counted {
  readonly requests: number;
  readonly failed: number;
}

export function readVegetaReport(text: string): Counted;
export function readHeySummary(text: string): Counted;
