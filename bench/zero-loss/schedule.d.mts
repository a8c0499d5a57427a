export function nextWay<Way>(progress: {
  readonly ways: readonly Way[];
  readonly played: number;
  readonly sent: number;
  readonly requests: number;
}): Way | null;
