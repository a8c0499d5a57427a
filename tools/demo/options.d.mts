export function readOptions(args: readonly string[]): {
  readonly json: boolean;
  readonly keep: boolean;
  readonly help: string | null;
};
