export interface CoveredLines {
  readonly covered: number;
  readonly total: number;
}

export function sumOfLines(files: readonly CoveredLines[]): CoveredLines {
  return files.reduce(
    (sum, { covered, total }) => ({ covered: sum.covered + covered, total: sum.total + total }),
    { covered: 0, total: 0 },
  );
}
